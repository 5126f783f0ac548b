import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useStatus } from '#app/ui/Status.tsx'
import { addressOf } from '#app/words/addressOf.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { type AnyRecord, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { fieldsToName } from './choices.ts'
import type { Question } from './questions.ts'
import { valuesOf } from './refused.ts'
import { useSettling } from './useSettling.tsx'

/** Sends a refused change again, corrected, and closes its question. The record keeps its id; `from` is what the form showed. */
export function useSendAgain(question: Question) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  const { close, restore } = useSettling()
  const { collection } = question
  const current = question.refused === null ? undefined : tablet.record(collection, question.recordId)?.record

  /** Resolves with false when it could not be written. @param seen the record as the form showed it; null when there was none */
  const send = async (values: Fields, seen: Fields | null): Promise<boolean> => {
    // The number is another person's: this one gets a number of their own (rule O8).
    const isTaken = question.reason === 'id-taken'
    const recordId = isTaken ? clientNumber(crypto.getRandomValues(new Uint8Array(12))) : question.recordId
    const op = seen === null || isTaken ? 'create' : 'edit'
    const names = fieldsToName(collections[collection], op)
    const named = Object.fromEntries(Object.entries(values).filter(([field]) => names.includes(field)))
    try {
      if (op === 'create' && question.refused?.op === 'restore') await restore(question, valuesOf(question.refused), named)
      else await tablet.save({ collection, recordId, op, values: named, seen: op === 'create' ? null : seen })
      await close(question, 'resolved')
    } catch (error) {
      say({ tone: 'danger', words: t(notSaved(error)) })
      return false
    }
    say({ tone: 'good', words: t('review.again.sent') })
    navigate(addressOf(collection, recordId) ?? '/review')
    return true
  }
  return { current: current as AnyRecord | undefined, send }
}
