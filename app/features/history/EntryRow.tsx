import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#app/data/tablet.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { EntryMeta } from './EntryMeta.tsx'
import type { HistoryEntry } from './entries.ts'
import { FieldRow } from './FieldRow.tsx'
import { useEntryWords } from './useEntryWords.ts'

const TONES: Record<OutboxItem['state'], Tone> = { unsent: 'calm', sent: 'good', rejected: 'danger', parked: 'warn' }

export function EntryRow({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation()
  const whatOf = useEntryWords()
  const { fields, state, op } = entry
  const isEmpty = fields.length === 0 && op === 'edit'
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h3 className="font-semibold break-words">{whatOf(entry)}</h3>
        {state !== null && <StatusMark tone={TONES[state]}>{t(`history.state.${state}`)}</StatusMark>}
      </div>
      {fields.length > 0 && (
        <dl className="flex flex-col gap-1">
          {fields.map((line) => (
            <FieldRow key={line.field} line={line} isNew={op === 'create'} />
          ))}
        </dl>
      )}
      {isEmpty && <p>{t('history.nothingNew')}</p>}
      <EntryMeta entry={entry} />
    </li>
  )
}
