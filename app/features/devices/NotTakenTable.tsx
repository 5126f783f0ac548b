import { useTranslation } from 'react-i18next'
import { REJECTION_REASONS } from '#domain/sync/change.ts'
import type { NotTaken } from '#server/sync/fleet.ts'
import { ChangesTable } from './ChangesTable.tsx'

/** Changes that the server rejected or that wait; what is in them is for the doctors of their facility. */
export function NotTakenTable({ changes, timeZone }: { changes: readonly NotTaken[]; timeZone: string }) {
  const { t } = useTranslation()
  const words = { title: t('devices.notTaken.title'), lead: t('devices.notTaken.lead'), none: t('devices.notTaken.none') }
  return (
    <ChangesTable
      {...words}
      changes={changes}
      timeZone={timeZone}
      kindOf={({ collection, reason }) => (reason === 'unreadable' ? null : collection)}
      more={[{ key: 'reason', title: t('devices.notTaken.reason'), cell: (change) => <Reason {...change} /> }]}
    />
  )
}

function Reason({ outcome, reason }: Pick<NotTaken, 'outcome' | 'reason'>) {
  const { t } = useTranslation()
  if (outcome === 'parked') return t('devices.notTaken.reasons.parked')
  return t(`devices.notTaken.reasons.${REJECTION_REASONS.find((name) => name === reason) ?? 'other'}`)
}
