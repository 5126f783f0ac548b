import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#app/data/tablet.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { fullName } from '#domain/clients/client.ts'
import { isClientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import { REJECTION_REASONS } from '#domain/sync/change.ts'

/** What was changed and of whom, and why it was refused, in words. A refused record is known by its number only. */
export function useChangeWords() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const clientName = (id: string) => {
    const known = tablet.record('clients', id)
    if (known !== undefined) return fullName(known.record)
    return isClientNumber(id) ? spokenClientNumber(id) : id
  }
  const programName = (id: string) => tablet.record('programs', id)?.record.name ?? id

  const whatOf = ({ collection, recordId, op }: OutboxItem): string => {
    if (collection === 'clients') return t(`sync.what.clients.${op}`, { name: clientName(recordId) })
    if (collection === 'programs') return t(`sync.what.programs.${op}`, { name: programName(recordId) })
    if (collection !== 'enrollments') return t('sync.what.other')
    const [clientId = '', programId = ''] = recordId.split('.')
    return t(`sync.what.enrollments.${op}`, { name: clientName(clientId), program: programName(programId) })
  }
  const reasonOf = ({ state, reason }: OutboxItem): string | null => {
    if (state === 'parked') return t('sync.reason.parked')
    return state === 'rejected' ? t(`sync.reason.${REJECTION_REASONS.find((name) => name === reason) ?? 'other'}`) : null
  }
  return { whatOf, reasonOf }
}
