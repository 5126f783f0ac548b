import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { type Column, Table } from '#app/ui/Table.tsx'
import { isCollectionName } from '#domain/collections.ts'
import type { HandedIn } from '#server/sync/fleet.ts'
import { DeviceId } from './DeviceTable.tsx'

export interface ChangesTableProps<Change extends HandedIn> {
  title: string
  lead: string
  none: string
  /** What the table is called, where the title says too little. */
  caption?: string
  changes: readonly Change[]
  timeZone: string
  /** What a change is about; null where nobody can tell. */
  kindOf?: (change: Change) => string | null
  more?: readonly Column<Change>[]
}

/** Changes as the office sees them: what each is about, never what is in it. */
export function ChangesTable<Change extends HandedIn>({ title, lead, none, changes, timeZone, ...rest }: ChangesTableProps<Change>) {
  const { t, i18n } = useTranslation()
  const { caption = title, kindOf = ({ collection }) => collection, more = [] } = rest
  const columns: Column<Change>[] = [
    { key: 'number', title: t('devices.handedIn.number'), cell: ({ n }) => n },
    {
      key: 'date',
      title: t('devices.handedIn.date'),
      cell: ({ receivedAt }) => formatInstant(receivedAt, i18n.language, timeZone),
    },
    { key: 'account', title: t('devices.account'), cell: ({ accountName }) => accountName ?? t('devices.nobody') },
    { key: 'device', title: t('devices.device'), cell: ({ deviceId }) => <DeviceId id={deviceId} /> },
    { key: 'kind', title: t('devices.handedIn.kind'), cell: (change) => <CollectionWord name={kindOf(change)} /> },
    { key: 'record', title: t('devices.handedIn.record'), cell: ({ recordId }) => <RecordId id={recordId} /> },
    ...more,
  ]
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{title}</h2>
      <p className="text-ink-soft">{lead}</p>
      {changes.length === 0 ? (
        <p>{none}</p>
      ) : (
        <Table caption={caption} rows={changes} rowKey={({ changeId }) => changeId} columns={columns} />
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
