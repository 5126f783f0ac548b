import { UserSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { RegisterTyped } from './RegisterTyped.tsx'

export function NobodyFound({ typed, isWhole }: { typed: string; isWhole: boolean }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('home.nothing', { typed })} Icon={UserSearch} action={<RegisterTyped typed={typed} />}>
      {t(isWhole ? 'home.nothingHint' : 'home.stillArriving')}
    </EmptyState>
  )
}
