import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Table } from '#app/ui/Table.tsx'
import { REJECTION_REASONS } from '#domain/sync/change.ts'
import type { NotTaken } from '#server/sync/fleet.ts'
import { DeviceId } from './DeviceTable.tsx'
import { CollectionWord, RecordId } from './HandedInTable.tsx'

/** Changes that the server rejected or that wait; what is in them is for the doctors of their facility. */
export function NotTakenTable({ changes, timeZone }: { changes: readonly NotTaken[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('devices.notTaken.title')}</h2>
      <p className="text-ink-soft">{t('devices.notTaken.lead')}</p>
      {changes.length === 0 ? (
        <p>{t('devices.notTaken.none')}</p>
      ) : (
        <Table
          caption={t('devices.notTaken.title')}
          rows={changes}
          rowKey={({ changeId }) => changeId}
          columns={[
            { key: 'number', title: t('devices.handedIn.number'), cell: ({ n }) => n },
            {
              key: 'date',
              title: t('devices.handedIn.date'),
              cell: ({ receivedAt }) => formatInstant(receivedAt, i18n.language, timeZone),
            },
            { key: 'account', title: t('devices.account'), cell: ({ accountName }) => accountName ?? t('devices.nobody') },
            { key: 'device', title: t('devices.device'), cell: ({ deviceId }) => <DeviceId id={deviceId} /> },
            {
              key: 'kind',
              title: t('devices.handedIn.kind'),
              cell: ({ collection, reason }) => <CollectionWord name={reason === 'unreadable' ? null : collection} />,
            },
            { key: 'record', title: t('devices.handedIn.record'), cell: ({ recordId }) => <RecordId id={recordId} /> },
            { key: 'reason', title: t('devices.notTaken.reason'), cell: (change) => <Reason {...change} /> },
          ]}
        />
      )}
    </section>
  )
}

function Reason({ outcome, reason }: Pick<NotTaken, 'outcome' | 'reason'>) {
  const { t } = useTranslation()
  if (outcome === 'parked') return t('devices.notTaken.reasons.parked')
  return t(`devices.notTaken.reasons.${REJECTION_REASONS.find((name) => name === reason) ?? 'other'}`)
}
