import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { collections, fieldsOf, type RecordOf } from '#domain/collections.ts'
import { type EnrollmentFields, enrollmentRules } from '#domain/enrollments/enrollment.ts'
import type { Fields } from '#domain/scalars.ts'
import { EndForm } from './EndForm.tsx'
import { FixStart } from './FixStart.tsx'

export interface FixEnrollmentProps {
  clientId: string
  /** The values that were refused. */
  refused: Fields
  /** The enrollment as this tablet knows it; null when it was never taken. */
  current: RecordOf<'enrollments'> | null
  /** `values` on top of what was refused. */
  send: (values: Fields, seen: Fields | null) => Promise<unknown>
  cancel: ReactNode
}

/** A start that was refused, or an end. One that is there already can also be sent again as it was, for what no form writes. */
export function FixEnrollment({ clientId, refused, current, send, cancel }: FixEnrollmentProps) {
  const { t } = useTranslation()
  const client = useRecord('clients', clientId)?.record
  // As it was when the form was opened: what another person changes since was not seen, and must not be replaced in silence.
  const [seen] = useState(() => (current === null ? null : { ...current }))
  if (seen === null) {
    const bornOn = client === undefined || client.bornOnEstimated ? null : client.bornOn
    return (
      <Card>
        <FixStart
          enrolledOn={String(refused.enrolledOn ?? '')}
          bornOn={bornOn}
          send={(enrolledOn) => send({ ...refused, enrolledOn }, null)}
          cancel={cancel}
        />
      </Card>
    )
  }
  const wanted = enrollmentRules.safeParse(fieldsOnly({ ...seen, ...refused }))
  return (
    <Card className="flex flex-col gap-4">
      {wanted.success && (
        <>
          <p>{t('review.again.status')}</p>
          <Button kind="secondary" className="self-start" onPress={() => void send(refused, seen)}>
            {t('review.again.asItWas')}
          </Button>
        </>
      )}
      <EndForm
        enrollment={{ ...seen, ...(refused as Partial<EnrollmentFields>) }}
        submit={t('review.fix')}
        cancel={cancel}
        onEnd={(values) => send({ ...refused, ...values }, seen)}
      />
    </Card>
  )
}

function fieldsOnly(record: Fields): Fields {
  return fieldsOf(collections.enrollments, record)
}
