import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useOutbox, useRecords, useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { removedHere } from './removedHere.ts'
import { useRemoval } from './useRemoval.tsx'

/** Those who were removed on this device, for the one who did it by mistake. */
export function RemovedList() {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const outbox = useOutbox()
  const clients = useRecords('clients')
  const { bringBack } = useRemoval()
  const { clientName } = useRecordNames()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clients` changes when one of those that are looked up does
  const removed = useMemo(() => removedHere(outbox, (id) => tablet.record('clients', id) !== undefined), [outbox, clients, tablet])
  if (removed.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('removal.here')}</h2>
      <p className="text-ink-soft">{t('removal.hereHint')}</p>
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {removed.map(({ id, held, at }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p className="font-semibold break-words">{clientName(id, held)}</p>
              <p className="text-sm text-ink-soft">
                <bdi className="font-mono">{spokenClientNumber(id)}</bdi> ·{' '}
                {t('removal.removedOn', { when: formatInstant(at, i18n.language) })}
              </p>
            </div>
            <Button
              kind="secondary"
              aria-label={t('removal.bringBackOf', { name: clientName(id, held) })}
              onPress={() => void bringBack(id, held, clientName(id, held))}
            >
              {t('removal.bringBack')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
