import { useTranslation } from 'react-i18next'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import type { HistoryEntry } from './entries.ts'

const OPS = ['create', 'edit', 'delete', 'restore'] as const

/** What a change did, in words. */
export function useEntryWords(): (entry: HistoryEntry) => string {
  const { t } = useTranslation()
  const { programName } = useRecordNames()
  return ({ collection, recordId, op }) => {
    if (op === 'created' || op === 'updated') return t(`history.what.${op}`)
    const known = OPS.find((name) => name === op)
    if (known === undefined) return t('history.what.other')
    if (collection === 'enrollments') return t(`history.what.enrollments.${known}`, { program: programName(recordId.split('.')[1] ?? '') })
    return collection === 'clients' || collection === 'programs' ? t(`history.what.${collection}.${known}`) : t('history.what.other')
  }
}
