import { useParams } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FixClient } from '#app/features/clients/FixClient.tsx'
import { FixEnrollment } from '#app/features/enrollments/FixEnrollment.tsx'
import { FixProgram } from '#app/features/programs/FixProgram.tsx'
import { FixFrame } from '#app/features/review/FixFrame.tsx'
import type { Question } from '#app/features/review/questions.ts'
import { valuesOf } from '#app/features/review/refused.ts'
import { useQuestions } from '#app/features/review/useQuestions.ts'
import { useSendAgain } from '#app/features/review/useSendAgain.ts'
import { useSyncState, useTablet } from '#app/session/useTablet.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import type { RecordOf } from '#domain/collections.ts'

export const clientLoader = () => null

/** A refused change, to be fixed and sent again. */
export default function FixAndSendAgain() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const { id } = useParams()
  const question = useQuestions().find((open) => open.id === id && open.kind === 'rejected')
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={8} />
  if (question === undefined)
    return (
      <EmptyState title={t('review.again.gone')} Icon={Inbox} action={<LinkButton to="/review">{t('review.again.toList')}</LinkButton>}>
        {t('review.again.goneHint')}
      </EmptyState>
    )
  return <Fix key={question.id} question={question} />
}

function Fix({ question }: { question: Question }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { current, send } = useSendAgain(question)
  const [refused] = useState(() => (question.refused === null ? {} : valuesOf(question.refused)))
  const { collection, recordId } = question
  const clientId = recordId.split('.')[0] ?? ''
  const isTaken = question.reason === 'id-taken'
  const cancel = (
    <LinkButton to="/review" kind="quiet">
      {t('fields.cancel')}
    </LinkButton>
  )
  const isWhole = question.refused?.op !== 'edit' || current !== undefined
  const hangsOnNobody = collection === 'enrollments' && tablet.record('clients', clientId) === undefined
  if (!isWhole || hangsOnNobody)
    return (
      <FixFrame question={question}>
        <EmptyState title={t('review.again.notHere')} Icon={Inbox} action={cancel}>
          {t('review.again.notHereHint')}
        </EmptyState>
      </FixFrame>
    )
  return (
    <FixFrame question={question}>
      {collection === 'clients' && (
        <FixClient
          subject={question.id}
          refused={refused}
          current={isTaken ? null : ((current ?? null) as RecordOf<'clients'> | null)}
          send={send}
          cancel={cancel}
        />
      )}
      {collection === 'programs' && (
        <FixProgram
          code={recordId}
          refused={refused}
          current={(current ?? null) as RecordOf<'programs'> | null}
          send={(values, seen) => send({ ...values }, seen)}
          cancel={cancel}
        />
      )}
      {collection === 'enrollments' && (
        <FixEnrollment
          clientId={clientId}
          refused={refused}
          current={(current ?? null) as RecordOf<'enrollments'> | null}
          send={send}
          cancel={cancel}
        />
      )}
    </FixFrame>
  )
}
