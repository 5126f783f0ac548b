import { useTranslation } from 'react-i18next'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export const clientLoader = () => null

export default function Home() {
  const { t } = useTranslation()
  return <PageHeader title={t('shell.nav.home')} />
}
