import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProgramBrowser } from '#app/features/programs/ProgramBrowser.tsx'
import { useSyncState } from '#app/session/useTablet.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Programs() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const add = (
    <LinkButton to="/programs/new">
      <Plus aria-hidden="true" className="size-5" />
      {t('programs.add')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('programs.title')} actions={add}>
        {t('programs.lead')}
      </PageHeader>
      {loaded ? <ProgramBrowser /> : <Skeleton label={t('fields.loading')} lines={6} />}
    </>
  )
}
