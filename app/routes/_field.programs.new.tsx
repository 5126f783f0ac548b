import { useTranslation } from 'react-i18next'
import { NewProgram } from '#app/features/programs/NewProgram.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export const clientLoader = () => null

export default function AddProgram() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('programs.newTitle')} />
      <NewProgram />
    </>
  )
}
