import { Stethoscope } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

export function ProgramNotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      isPage
      title={t('programs.notFound')}
      Icon={Stethoscope}
      action={<LinkButton to="/programs">{t('programs.toList')}</LinkButton>}
    >
      {t('programs.notFoundHint')}
    </EmptyState>
  )
}
