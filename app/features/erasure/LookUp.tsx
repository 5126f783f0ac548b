import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { ErasureFacts } from '#server/sync/erasureFacts.ts'
import { ConfirmErasure } from './ConfirmErasure.tsx'
import { FactList } from './FactList.tsx'

export interface LookUpProps {
  /** What was typed; '' for nothing yet. */
  typed: string
  found: ErasureFacts | null
  timeZone: string
  mistyped: boolean
}

export function LookUp({ typed, found, timeZone, mistyped }: LookUpProps) {
  const { t } = useTranslation()
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('erasure.lookUp')}</h2>
      <Form method="post" action="/erasure" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="find" />
        <TextField
          id="find-number"
          name="number"
          autoComplete="off"
          label={t('erasure.number')}
          hint={t('erasure.lookUpHint')}
          defaultValue={typed}
          error={typed !== '' && found === null ? t('erasure.unknown') : undefined}
          figures
        />
        <Button type="submit" kind="secondary" className="self-start">
          {t('erasure.find')}
        </Button>
      </Form>
      {found !== null && (
        <>
          <h3 className="text-lg font-bold">
            <bdi className="font-mono">{spokenClientNumber(found.clientId)}</bdi>
          </h3>
          <FactList facts={found} timeZone={timeZone} />
          <ConfirmErasure clientId={found.clientId} reason={null} mistyped={mistyped} />
        </>
      )}
    </Card>
  )
}
