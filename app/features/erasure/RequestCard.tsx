import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { OpenErasure } from '#server/sync/erasureRequests.ts'
import { ConfirmErasure } from './ConfirmErasure.tsx'
import { FactList } from './FactList.tsx'

export interface RequestCardProps {
  request: OpenErasure
  timeZone: string
  mistyped: boolean
}

export function RequestCard({ request, timeZone, mistyped }: RequestCardProps) {
  const { t, i18n } = useTranslation()
  const { id, facts, reason, requestedAt, requestedBy } = request
  const number = spokenClientNumber(facts.clientId)
  return (
    <Card className="flex flex-col gap-4">
      <h3 className="text-lg font-bold">
        <bdi className="font-mono">{number}</bdi>
      </h3>
      <FactList
        facts={facts}
        timeZone={timeZone}
        more={[
          [t('erasure.reason'), t(`erasure.reasons.${reason}`)],
          [t('erasure.requestedBy'), requestedBy],
          [t('erasure.requestedOn'), formatInstant(requestedAt, i18n.language, timeZone)],
        ]}
      />
      <ConfirmErasure clientId={facts.clientId} reason={reason} mistyped={mistyped} />
      <Form method="post" action="/erasure">
        <input type="hidden" name="intent" value="refuse" />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="clientId" value={facts.clientId} />
        <Button type="submit" kind="secondary" aria-label={t('erasure.refuseOf', { number })}>
          {t('erasure.refuse')}
        </Button>
      </Form>
    </Card>
  )
}
