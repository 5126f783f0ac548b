import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'
import { deviceOf } from './deviceWords.ts'

export interface OwnSession {
  id: string
  userAgent: string | null
  ip: string | null
  lastUsedAt: number
  current: boolean
}

export function SessionsTable({ sessions, timeZone }: { sessions: readonly OwnSession[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const deviceName = ({ userAgent }: OwnSession) => {
    const device = deviceOf(userAgent)
    return device === null ? t('accounts.own.unknownDevice') : t('accounts.own.deviceOn', device)
  }
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('accounts.own.sessions')}</h2>
      <Table
        caption={t('accounts.own.sessions')}
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          { key: 'device', title: t('accounts.own.device'), cell: deviceName },
          { key: 'ip', title: t('accounts.own.ip'), cell: ({ ip }) => <span dir="ltr">{ip ?? '–'}</span> },
          { key: 'used', title: t('accounts.own.lastUsed'), cell: ({ lastUsedAt }) => formatInstant(lastUsedAt, i18n.language, timeZone) },
          {
            key: 'end',
            title: t('accounts.own.end'),
            cell: (session) =>
              session.current ? (
                <StatusMark tone="good">{t('accounts.own.here')}</StatusMark>
              ) : (
                <Form method="post">
                  <input type="hidden" name="intent" value="end-session" />
                  <input type="hidden" name="id" value={session.id} />
                  <Button type="submit" kind="secondary" aria-label={t('accounts.own.endOf', { device: deviceName(session) })}>
                    {t('accounts.own.end')}
                  </Button>
                </Form>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <Form method="post">
          <Button type="submit" kind="danger" name="intent" value="end-others">
            {t('accounts.own.endOthers')}
          </Button>
        </Form>
      )}
    </section>
  )
}
