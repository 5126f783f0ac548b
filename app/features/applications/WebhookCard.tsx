import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { type Column, Table } from '#app/ui/Table.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { DeliveryState, WebhookDelivery, WebhookView } from '#domain/partners/webhook.ts'
import { CopyButton } from './CopyButton.tsx'

export interface WebhookCardProps {
  webhook: WebhookView | null
  /** That an operator has allowed. */
  hosts: readonly string[]
  timeZone: string
  /** The one time that it is shown. */
  secret: string | undefined
  /** What was typed and refused. */
  mistaken: string | undefined
}

/** Where an application is told that something has changed, and how that went. */
export function WebhookCard({ webhook, hosts, timeZone, secret, mistaken }: WebhookCardProps) {
  const { t } = useTranslation()
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('applications.webhook.title')}</h2>
      <p className="max-w-prose text-ink-soft">{t('applications.webhook.lead')}</p>
      {secret !== undefined && <Secret secret={secret} />}
      {hosts.length === 0 && webhook === null ? <p>{t('applications.webhook.noHosts')}</p> : <Address {...{ webhook, hosts, mistaken }} />}
      {webhook !== null && <Deliveries deliveries={webhook.deliveries} timeZone={timeZone} />}
    </Card>
  )
}

function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('applications.webhook.secret')} className="flex flex-col gap-3">
      <Banner tone="warn" title={t('applications.webhook.secret')}>
        {t('applications.webhook.secretHint')}
      </Banner>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <code dir="ltr" className="min-w-0 font-mono break-all select-all">
          {secret}
        </code>
        <CopyButton text={secret} label={t('applications.webhook.copySecret')} />
      </div>
    </section>
  )
}

function Address({ webhook, hosts, mistaken }: Pick<WebhookCardProps, 'webhook' | 'hosts' | 'mistaken'>) {
  const { t } = useTranslation()
  return (
    <Form method="post" noValidate className="flex flex-col gap-3">
      <TextField
        key={webhook?.url}
        id="webhook-url"
        name="url"
        type="url"
        label={t('applications.webhook.url')}
        hint={t('applications.webhook.urlHint', { hosts: hosts.join(', ') })}
        defaultValue={mistaken ?? webhook?.url ?? ''}
        error={mistaken === undefined ? undefined : t('applications.webhook.urlMistaken')}
        maxLength={500}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="set-webhook">
          {webhook === null ? t('applications.webhook.begin') : t('applications.webhook.change')}
        </Button>
        {webhook !== null && (
          <Button type="submit" kind="danger" name="intent" value="remove-webhook">
            {t('applications.webhook.end')}
          </Button>
        )}
      </div>
      {webhook !== null && <p className="text-sm text-ink-soft">{t('applications.webhook.changeHint')}</p>}
    </Form>
  )
}

const TONES = { waiting: 'warn', delivered: 'good', dead: 'danger' } as const satisfies Record<DeliveryState, string>

function Deliveries({ deliveries, timeZone }: { deliveries: readonly WebhookDelivery[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  if (deliveries.length === 0) return <p className="text-ink-soft">{t('applications.webhook.nothing')}</p>
  const shown = (at: number) => formatInstant(at, i18n.language, timeZone)
  const columns: Column<WebhookDelivery>[] = [
    { key: 'createdAt', title: t('applications.webhook.at'), cell: ({ createdAt }) => shown(createdAt) },
    {
      key: 'state',
      title: t('fields.status'),
      cell: ({ state, nextAt }) => (
        <StatusMark tone={TONES[state]}>{t(`applications.webhook.states.${state}`, { at: shown(nextAt) })}</StatusMark>
      ),
    },
    { key: 'attempts', title: t('applications.webhook.attempts'), figures: true, cell: ({ attempts }) => attempts },
    { key: 'answer', title: t('applications.webhook.answer'), cell: ({ answer }) => <Answer answer={answer} /> },
    {
      key: 'actions',
      title: t('applications.actions'),
      cell: ({ id, state, createdAt }) =>
        state === 'dead' && (
          <Form method="post">
            <input type="hidden" name="delivery" value={id} />
            <Button
              type="submit"
              kind="secondary"
              name="intent"
              value="send-again"
              aria-label={t('applications.webhook.againLabel', { at: shown(createdAt) })}
            >
              {t('applications.webhook.again')}
            </Button>
          </Form>
        ),
    },
  ]
  return <Table caption={t('applications.webhook.table')} columns={columns} rows={deliveries} rowKey={({ id }) => id} />
}

const WORDED = ['timeout', 'unreachable', 'refused-host', 'secret'] as const

/** A status as it came, or what failed in words. */
function Answer({ answer }: { answer: string | null }) {
  const { t } = useTranslation()
  const word = WORDED.find((known) => known === answer)
  return word === undefined ? <span dir="ltr">{answer ?? '–'}</span> : t(`applications.webhook.failures.${word}`)
}
