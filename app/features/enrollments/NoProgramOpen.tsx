import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

export function NoProgramOpen() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('enrollments.noPrograms')} action={<LinkButton to="/programs">{t('enrollments.toPrograms')}</LinkButton>}>
      {t('enrollments.noProgramsHint')}
    </EmptyState>
  )
}
