import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { Table } from '#app/ui/Table.tsx'

export interface WaitingReset {
  id: string
  name: string
  email: string
  /** UTC ms */
  requestedAt: number
  mailed: boolean
}

/** Who asked for a new password. The code is made here, the password by its person. */
export function OpenResets({ resets, timeZone }: { resets: readonly WaitingReset[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  if (resets.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('administration.resets.title')}</h2>
      <p className="text-ink-soft">{t('administration.resets.lead')}</p>
      <Table
        caption={t('administration.resets.title')}
        rows={resets}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t('fields.name'), cell: ({ name }) => name },
          { key: 'email', title: t('fields.email'), cell: ({ email }) => email },
          {
            key: 'asked',
            title: t('administration.resets.askedAt'),
            cell: ({ requestedAt }) => formatInstant(requestedAt, i18n.language, timeZone),
          },
          {
            key: 'how',
            title: t('administration.resets.how'),
            cell: ({ mailed }) => (
              <StatusMark tone={mailed ? 'calm' : 'warn'}>
                {t(mailed ? 'administration.resets.mailed' : 'administration.resets.notMailed')}
              </StatusMark>
            ),
          },
          { key: 'make', title: t('administration.resets.code'), cell: (reset) => <MakeCode reset={reset} /> },
        ]}
      />
    </section>
  )
}

function MakeCode({ reset: { id, name } }: { reset: WaitingReset }) {
  const { t } = useTranslation()
  return (
    <Form method="post">
      <input type="hidden" name="id" value={id} />
      <Button type="submit" kind="secondary" name="intent" value="reset-code" aria-label={t('administration.resets.makeFor', { name })}>
        {t('administration.resets.make')}
      </Button>
    </Form>
  )
}
