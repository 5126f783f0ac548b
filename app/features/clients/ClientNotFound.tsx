import { UserSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

export function ClientNotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('clients.notFound')} Icon={UserSearch} action={<LinkButton to="/">{t('clients.toSearch')}</LinkButton>}>
      {t('clients.notFoundHint')}
    </EmptyState>
  )
}
