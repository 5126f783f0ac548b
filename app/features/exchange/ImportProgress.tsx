import { Form, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import type { ImportJob } from '#server/exchange/importJobs.ts'

const LOOK_AGAIN_MS = 1_000

/** Looks again every second, until it has ended. */
export function ImportProgress({ state, reached }: Pick<ImportJob, 'state' | 'reached'>) {
  const { t } = useTranslation()
  const { revalidate } = useRevalidator()
  useEffect(() => {
    const timer = setInterval(revalidate, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [revalidate])
  const isKnown = reached !== null && reached.total > 0
  return (
    <Card className="flex max-w-2xl flex-col gap-4">
      <p role="status" className="font-semibold">
        {t(`exchange.states.${state}`)}
      </p>
      <progress
        aria-label={t('exchange.progress')}
        className="h-3 w-full accent-primary"
        max={1}
        {...(isKnown && { value: reached.read / reached.total })}
      />
      {reached !== null && <p className="text-ink-soft">{t('exchange.reached', { count: reached.people })}</p>}
      <Form method="post">
        <input type="hidden" name="intent" value="stop" />
        <Button type="submit" kind="secondary">
          {t('exchange.stop')}
        </Button>
      </Form>
    </Card>
  )
}
