import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { RemovedClient } from './removedHere.ts'
import { useRemoval } from './useRemoval.tsx'
import { useRemovedClients } from './useRemovedClients.ts'

/** Those who were removed, by whomever: for the one who did it by mistake, and for who notices it. */
export function RemovedList() {
  const { t } = useTranslation()
  const { removed, isOnline, older } = useRemovedClients()
  if (removed.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('removal.list')}</h2>
      <p className="text-ink-soft">
        {t('removal.listHint')} {!isOnline && t('removal.onlyHere')}
      </p>
      <ul aria-label={t('removal.list')} className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {removed.map((client) => (
          <RemovedItem key={client.id} client={client} />
        ))}
      </ul>
      {older !== null && (
        <Button kind="quiet" className="self-start" onPress={older}>
          {t('removal.older')}
        </Button>
      )}
    </section>
  )
}

function RemovedItem({ client }: { client: RemovedClient }) {
  const { t, i18n } = useTranslation()
  const { bringBack } = useRemoval()
  const { clientName } = useRecordNames()
  const whoIs = useAuthorWords()
  const { id, names, at, by } = client
  const name = clientName(id, names)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="font-semibold break-words">{name}</p>
        <p className="text-sm text-ink-soft">
          <bdi className="font-mono">{spokenClientNumber(id)}</bdi> ·{' '}
          {t('removal.removedBy', { when: formatInstant(at, i18n.language), who: whoIs(by.id, by.name) })}
        </p>
      </div>
      <Button kind="secondary" aria-label={t('removal.bringBackOf', { name })} onPress={() => void bringBack(id, client.held, name)}>
        {t('removal.bringBack')}
      </Button>
    </li>
  )
}
