import { useRef } from 'react'
import { type Entry, isTouched } from '#app/live/followRecord.ts'
import { useFollowing } from '#app/live/useFollowing.ts'
import { useUnsavedForm } from '#app/session/unsavedForm.ts'
import type { RecordOf } from '#domain/collections.ts'

type Enrollment = RecordOf<'enrollments'>

export interface EnrollmentFormOptions<T extends object, Values> {
  /** As the tablet knows it now. */
  enrollment: Enrollment
  entry: Entry<T>
  /** @param seen the enrollment as the form showed it */
  onSave: (seen: Enrollment, values: Values) => Promise<void>
  /** Something is typed that is no part of the record. */
  isBegun?: (typed: T) => boolean
}

/** A form over an enrollment: what others write meanwhile arrives in it, or stands beside what was typed; it is saved once. */
export function useEnrollmentForm<T extends object, Values>({ enrollment, entry, onSave, isBegun }: EnrollmentFormOptions<T, Values>) {
  const isSaving = useRef(false)
  const { form, type, take } = useFollowing({
    start: () => ({ typed: entry.typedFrom(enrollment), seen: { ...enrollment }, notes: {} }),
    current: enrollment,
    entry,
    isSaving,
  })
  useUnsavedForm(isTouched(form, entry) || isBegun?.(form.typed) === true)
  const seen = { ...enrollment, ...form.seen }
  const save = async (values: Values) => {
    if (isSaving.current) return
    isSaving.current = true
    await onSave(seen, values)
    isSaving.current = false
  }
  return { form, type, take, seen, save }
}
