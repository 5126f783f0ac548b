import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Table } from '#app/ui/Table.tsx'
import { isCollectionName } from '#domain/collections.ts'
import type { HandedIn } from '#server/sync/fleet.ts'
import { DeviceId } from './DeviceTable.tsx'

export function HandedInTable({ changes, timeZone }: { changes: readonly HandedIn[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('devices.handedIn.title')}</h2>
      <p className="text-ink-soft">{t('devices.handedIn.lead')}</p>
      {changes.length === 0 ? (
        <p>{t('devices.handedIn.none')}</p>
      ) : (
        <Table
          caption={t('devices.handedIn.table')}
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
            { key: 'kind', title: t('devices.handedIn.kind'), cell: ({ collection }) => <CollectionWord name={collection} /> },
            { key: 'record', title: t('devices.handedIn.record'), cell: ({ recordId }) => <RecordId id={recordId} /> },
          ]}
        />
      )}
    </section>
  )
}

export function CollectionWord({ name }: { name: string | null }) {
  const { t } = useTranslation()
  return name !== null && isCollectionName(name) ? t(`devices.collections.${name}`) : t('devices.unreadableRow')
}

export function RecordId({ id }: { id: string | null }) {
  return <bdi className="font-mono text-sm whitespace-nowrap">{id ?? '–'}</bdi>
}
