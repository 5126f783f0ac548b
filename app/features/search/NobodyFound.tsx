import { UserSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { registerAddress } from './typedPerson.ts'

/** What was typed is carried over, so that nobody types a name twice. */
export function NobodyFound({ typed, isWhole }: { typed: string; isWhole: boolean }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('home.nothing', { typed })}
      Icon={UserSearch}
      action={<LinkButton to={registerAddress(typed)}>{t('home.register', { typed })}</LinkButton>}
    >
      {t(isWhole ? 'home.nothingHint' : 'home.stillArriving')}
    </EmptyState>
  )
}
