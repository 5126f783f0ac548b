import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'
import type { AuditAction, AuditOutcome } from '#domain/audit/event.ts'

export interface AuditLine {
  seq: number
  /** UTC ms */
  at: number
  /** By the tablet's clock, of what it saw without a connection. */
  deviceTime: number | null
  action: AuditAction
  outcome: AuditOutcome
  actorId: string | null
  actorName: string | null
  applicationId: string | null
  applicationName: string | null
  deviceId: string | null
  ip: string | null
  subject: string | null
  subjectName: string | null
}

/** Two clocks that differ by less are shown as one time. */
const NEAR_MS = 60_000

export function AuditTable({ lines, timeZone }: { lines: readonly AuditLine[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const when = (at: number) => formatInstant(at, i18n.language, timeZone)
  return (
    <Table
      caption={t('administration.audit.table')}
      rows={lines}
      rowKey={({ seq }) => String(seq)}
      columns={[
        {
          key: 'time',
          title: t('administration.audit.time'),
          cell: ({ at, deviceTime }) => (
            <span className="whitespace-nowrap tabular-nums">
              {when(at)}
              {deviceTime !== null && Math.abs(at - deviceTime) > NEAR_MS && (
                <span className="block text-sm text-ink-soft">{t('administration.audit.onDevice', { when: when(deviceTime) })}</span>
              )}
            </span>
          ),
        },
        {
          key: 'action',
          title: t('administration.audit.action'),
          cell: ({ action }) => <span className="whitespace-nowrap">{t(`administration.audit.actions.${action}`)}</span>,
        },
        { key: 'outcome', title: t('administration.audit.outcome'), cell: ({ outcome }) => <Outcome outcome={outcome} /> },
        {
          key: 'who',
          title: t('administration.audit.who'),
          cell: ({ actorId, actorName }) => actorName ?? actorId ?? t('administration.audit.nobody'),
        },
        {
          key: 'application',
          title: t('administration.audit.application'),
          cell: ({ applicationId, applicationName }) => applicationName ?? applicationId ?? '–',
        },
        { key: 'device', title: t('administration.audit.device'), cell: ({ deviceId }) => <Id>{deviceId?.slice(0, 8) ?? '–'}</Id> },
        { key: 'ip', title: t('administration.audit.ip'), cell: ({ ip }) => <Id>{ip ?? '–'}</Id> },
        {
          key: 'subject',
          title: t('administration.audit.subject'),
          cell: ({ subject, subjectName }) => subjectName ?? <Id>{subject ?? '–'}</Id>,
        },
      ]}
    />
  )
}

function Outcome({ outcome }: { outcome: AuditOutcome }) {
  const { t } = useTranslation()
  return <StatusMark tone={outcome === 'success' ? 'good' : 'warn'}>{t(`administration.audit.outcomes.${outcome}`)}</StatusMark>
}

function Id({ children }: { children: string }) {
  return <bdi className="font-mono text-sm whitespace-nowrap">{children}</bdi>
}
