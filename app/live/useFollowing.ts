import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { Fields } from '#domain/scalars.ts'
import { keepCaret } from './caret.ts'
import { type Entry, type Followed, followRecord, takeOther, typeInto } from './followRecord.ts'

export interface FollowingOptions<T> {
  start: () => Followed<T>
  /** The record as this tablet knows it now; null while there is none. */
  current: Fields | null
  entry: Entry<T>
  /** True while a save runs: what comes then is one's own. */
  isSaving: RefObject<boolean>
  /** After every alteration but a reset. */
  onChange?: (form: Followed<T>, why: 'typed' | 'followed') => void
}

export interface Following<T> {
  form: Followed<T>
  type: (values: Partial<T>) => void
  /** Puts the value that stands beside a part into it. */
  take: (part: string) => void
  reset: (form: Followed<T>) => void
}

/** A form over a record that other people change meanwhile. Focus and cursor stay where they are. */
export function useFollowing<T extends object>({ start, current, entry, isSaving, onChange }: FollowingOptions<T>): Following<T> {
  const [form, setForm] = useState(start)
  const putCaretBack = useRef<(() => void) | null>(null)
  const alter = (next: Followed<T>, why: 'typed' | 'followed') => {
    setForm(next)
    onChange?.(next, why)
  }
  useLayoutEffect(() => {
    if (current === null || isSaving.current) return
    const next = followRecord(form, current, entry)
    if (next === form) return
    putCaretBack.current = keepCaret()
    alter(next, 'followed')
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the render that shows the form as it was followed
  useLayoutEffect(() => {
    putCaretBack.current?.()
    putCaretBack.current = null
  }, [form])
  return {
    form,
    type: (values) => alter(typeInto(form, values, entry), 'typed'),
    take: (name) => {
      const part = entry.parts.find((one) => one.name === name)
      if (part !== undefined) alter(takeOther(form, part, entry), 'typed')
    },
    reset: setForm,
  }
}
