import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { DecidedErasure } from '#server/sync/erasureRequests.ts'

export function DecidedTable({ decided, timeZone }: { decided: readonly DecidedErasure[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('erasure.decided')}</h2>
      <Table
        caption={t('erasure.decidedTable')}
        rows={decided}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'number',
            title: t('erasure.number'),
            cell: ({ clientId }) => <bdi className="font-mono whitespace-nowrap">{spokenClientNumber(clientId)}</bdi>,
          },
          {
            key: 'outcome',
            title: t('erasure.outcome'),
            cell: ({ state }) => <StatusMark tone={state === 'done' ? 'good' : 'warn'}>{t(`erasure.outcomes.${state}`)}</StatusMark>,
          },
          { key: 'reason', title: t('erasure.reason'), cell: ({ reason }) => t(`erasure.reasons.${reason}`) },
          { key: 'requested', title: t('erasure.requestedBy'), cell: ({ requestedBy }) => requestedBy },
          { key: 'decided', title: t('erasure.decidedBy'), cell: ({ decidedBy }) => decidedBy ?? '–' },
          {
            key: 'on',
            title: t('erasure.decidedOn'),
            cell: ({ decidedAt }) => <span className="whitespace-nowrap">{formatInstant(decidedAt, i18n.language, timeZone)}</span>,
          },
        ]}
      />
    </section>
  )
}
