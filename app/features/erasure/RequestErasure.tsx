import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { RequestDialog } from './RequestDialog.tsx'

/** Below the removal, which is for mistakes and can be undone: this is for people, and cannot. */
export function RequestErasure({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  return (
    <section className="no-print flex flex-wrap items-center gap-x-4">
      <p className="text-ink-soft">{t('erasure.ask.section')}</p>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        {t('erasure.ask.open')}
      </Button>
      {isAsking && <RequestDialog client={client} onClose={() => setAsking(false)} />}
    </section>
  )
}
