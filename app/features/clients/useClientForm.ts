import { useRef, useState } from 'react'
import type { Mistakes } from '#app/language/mistakes.ts'
import { useToday } from '#app/session/useToday.ts'
import type { RecordOf } from '#domain/collections.ts'
import { type ClientValues, readClient } from './clientEntry.ts'
import { type Draft, dropDraft, keepDraft, readDraft } from './draft.ts'
import type { TypedClient } from './typedClient.ts'

export interface ClientForm {
  typed: TypedClient
  change: (values: Partial<TypedClient>) => void
  mistakes: Mistakes | undefined
  /** A draft was found when the form was opened, and is in it. */
  resumed: boolean
  startOver: () => void
  submit: () => void
}

export interface ClientFormOptions {
  key: string
  fresh: Draft
  /** Writes it down; the draft goes when it has. */
  save: (values: ClientValues, seen: Draft['seen']) => Promise<void>
}

/** The draft that was found wins over `fresh`: what somebody typed is given up only when they say so. */
export function useClientForm({ key, fresh, save }: ClientFormOptions): ClientForm {
  const today = useToday()
  const [found] = useState(() => readDraft(key))
  const [{ typed, seen }, setDraft] = useState(found ?? fresh)
  const [resumed, setResumed] = useState(found !== null)
  const [mistakes, setMistakes] = useState<Mistakes>()
  const saving = useRef(false)

  const change = (values: Partial<TypedClient>) => {
    const next = { typed: { ...typed, ...values }, seen }
    setDraft(next)
    keepDraft(key, next)
  }
  const startOver = () => {
    dropDraft(key)
    setDraft(fresh)
    setResumed(false)
    setMistakes(undefined)
  }
  const submit = async () => {
    const read = readClient(typed, today, seen as RecordOf<'clients'> | null)
    setMistakes(read.mistakes ?? undefined)
    if (read.values === null || saving.current) return
    // A save takes some milliseconds: nothing to show, but a second Enter in them must not register twice.
    saving.current = true
    await save(read.values, seen).then(
      () => dropDraft(key),
      () => {
        saving.current = false
      },
    )
  }
  return { typed, change, mistakes, resumed, startOver, submit: () => void submit() }
}
