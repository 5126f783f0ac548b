import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import type { ClientForm } from './useClientForm.ts'

/** @param carried what the search brought, which waits until the draft is finished or given up */
export function DraftBanner({ form, carried = '', editing = false }: { form: ClientForm; carried?: string; editing?: boolean }) {
  const { t } = useTranslation()
  if (!form.resumed) return null
  const hint = editing ? t('clients.draftEditHint') : t('clients.draftHint')
  return (
    <Banner
      title={t(carried === '' ? 'clients.draft' : 'clients.draftOther')}
      action={
        <Button kind="secondary" onPress={form.startOver}>
          {t(carried === '' && !editing ? 'clients.startEmpty' : 'clients.startOver')}
        </Button>
      }
    >
      {carried === '' ? hint : t('clients.draftOtherHint', { typed: carried })}
    </Banner>
  )
}
