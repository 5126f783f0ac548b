import { useMemo, useRef, useState } from 'react'
import type { Mistakes } from '#app/language/mistakes.ts'
import { isTouched } from '#app/live/followRecord.ts'
import { useFollowing } from '#app/live/useFollowing.ts'
import { useUnsavedForm } from '#app/session/unsavedForm.ts'
import { useToday } from '#app/session/useToday.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type ClientValues, readClient } from './clientEntry.ts'
import { clientEntryOf } from './clientParts.ts'
import { type Draft, dropDraft, keepDraft, readDraft } from './draft.ts'
import type { TypedClient } from './typedClient.ts'

export interface ClientForm {
  typed: TypedClient
  seen: Draft['seen']
  /** What others changed under the form. */
  notes: Draft['notes']
  change: (values: Partial<TypedClient>) => void
  take: (part: string) => void
  mistakes: Mistakes | undefined
  /** A draft was found when the form was opened, and is in it. */
  resumed: boolean
  startOver: () => void
  submit: () => void
}

export interface ClientFormOptions {
  key: string
  fresh: Draft
  /** The client as this tablet knows it now; null for a new one. */
  current: RecordOf<'clients'> | null
  /** Writes it down; the draft goes when it has. */
  save: (values: ClientValues, seen: Draft['seen']) => Promise<void>
}

/** The draft that was found wins over `fresh`: what somebody typed is given up only when they say so. */
export function useClientForm({ key, fresh, current, save }: ClientFormOptions): ClientForm {
  const today = useToday()
  const entry = useMemo(() => clientEntryOf(today), [today])
  const [found] = useState(() => readDraft(key))
  const [resumed, setResumed] = useState(found !== null)
  const [mistakes, setMistakes] = useState<Mistakes>()
  const isSaving = useRef(false)
  const hasDraft = useRef(found !== null)
  const { form, type, take, reset } = useFollowing<TypedClient>({
    start: () => found ?? fresh,
    current,
    entry,
    isSaving,
    onChange: (next, why) => {
      hasDraft.current ||= why === 'typed'
      if (hasDraft.current) keepDraft(key, next)
    },
  })
  useUnsavedForm(form.seen === null ? hasDraft.current : isTouched(form, entry))

  const startOver = () => {
    dropDraft(key)
    hasDraft.current = false
    reset(fresh)
    setResumed(false)
    setMistakes(undefined)
  }
  const submit = async () => {
    const read = readClient(form.typed, today, form.seen as RecordOf<'clients'> | null)
    setMistakes(read.mistakes ?? undefined)
    if (read.values === null || isSaving.current) return
    // A save takes some milliseconds: nothing to show, but a second Enter in them must not register twice.
    isSaving.current = true
    await save(read.values, form.seen).then(
      () => dropDraft(key),
      () => {
        isSaving.current = false
      },
    )
  }
  return { ...form, change: type, take, mistakes, resumed, startOver, submit: () => void submit() }
}
