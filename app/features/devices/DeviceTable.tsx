import { useTranslation } from 'react-i18next'
import { formatInstant, formatNumber } from '#app/language/dates.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { ListedDevice } from '#server/sync/fleet.ts'
import { shortId } from './deviceForm.ts'
import { RevokeForm } from './RevokeForm.tsx'

/** A clock that is off by less is nobody's concern (domain/sync/SPEC.md, L3). */
const CLOCK_OFF_MS = 10 * 60_000

export function DeviceTable({
  devices,
  timeZone,
  mistyped,
}: {
  devices: readonly ListedDevice[]
  timeZone: string
  mistyped: string | null
}) {
  const { t, i18n } = useTranslation()
  const figure = (value: number | null) => (value === null ? '–' : formatNumber(value, i18n.language))
  return (
    <Table
      caption={t('devices.table')}
      rows={devices}
      rowKey={({ id }) => id}
      columns={[
        { key: 'account', title: t('devices.account'), cell: ({ accountName }) => accountName ?? t('devices.nobody') },
        { key: 'device', title: t('devices.device'), cell: ({ id }) => <DeviceId id={id} /> },
        { key: 'app', title: t('devices.app'), cell: ({ app }) => app ?? '–' },
        { key: 'lastSeen', title: t('devices.lastSeen'), cell: ({ lastSeenAt }) => formatInstant(lastSeenAt, i18n.language, timeZone) },
        { key: 'unsent', title: t('devices.unsent'), cell: (device) => <Unsent {...device} figure={figure} />, figures: true },
        {
          key: 'behind',
          title: t('devices.behind'),
          cell: ({ behind }) => figure(behind === null ? null : Math.max(0, behind)),
          figures: true,
        },
        { key: 'clock', title: t('devices.clock'), cell: ({ clockOffset }) => <Clock offset={clockOffset} /> },
        { key: 'repairs', title: t('devices.repairs'), cell: ({ repairs }) => figure(repairs), figures: true },
        {
          key: 'state',
          title: t('devices.state'),
          cell: (device) => (
            <div className="flex flex-col gap-2">
              <State device={device} />
              {device.revokedAt === null && <RevokeForm device={device} mistyped={mistyped === device.id} />}
            </div>
          ),
        },
      ]}
    />
  )
}

function Unsent({
  unsent,
  unsentOthers,
  figure,
}: Pick<ListedDevice, 'unsent' | 'unsentOthers'> & { figure: (value: number | null) => string }) {
  const { t } = useTranslation()
  if (!unsentOthers) return figure(unsent)
  return (
    <>
      {figure(unsent)} <span className="text-ink-soft">{t('devices.unsentOthers', { count: unsentOthers })}</span>
    </>
  )
}

export function DeviceId({ id }: { id: string }) {
  return <bdi className="font-mono text-sm whitespace-nowrap">{shortId(id)}</bdi>
}

function Clock({ offset }: { offset: number | null }) {
  const { t } = useTranslation()
  if (offset === null || Math.abs(offset) <= CLOCK_OFF_MS) return '–'
  const minutes = Math.round(Math.abs(offset) / 60_000)
  return <StatusMark tone="warn">{t(offset > 0 ? 'devices.clockAhead' : 'devices.clockBehind', { minutes })}</StatusMark>
}

function State({ device: { revokedAt, wipedAt } }: { device: ListedDevice }) {
  const { t } = useTranslation()
  if (wipedAt !== null) return <StatusMark tone="calm">{t('devices.wiped')}</StatusMark>
  if (revokedAt !== null) return <StatusMark tone="warn">{t('devices.revoked')}</StatusMark>
  return <StatusMark tone="good">{t('devices.active')}</StatusMark>
}
