import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { RemoveDialog } from './RemoveDialog.tsx'

/** At the end of the page, where nobody touches it by accident. */
export function RemoveClient({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  return (
    <section className="no-print flex flex-wrap items-center gap-x-4 border-t border-line pt-4">
      <p className="text-ink-soft">{t('removal.section')}</p>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        {t('removal.remove')}
      </Button>
      {isAsking && <RemoveDialog client={client} onClose={() => setAsking(false)} />}
    </section>
  )
}
