import type { Fields } from '#domain/scalars.ts'

/** A fact of the form: one thing on the screen, however many boxes it has and fields the record gives it. */
export interface Part<T> {
  name: string
  /** What is typed for it. */
  typed: readonly (keyof T)[]
  /** Where the record keeps it. */
  fields: readonly string[]
}

/** `taken`: nobody had typed there, and the newer value stands in the form. `other`: what was typed stands, `seen` has the newer. */
export interface Note {
  kind: 'taken' | 'other'
  /** Account that changed the record last; the screen knows its name or not. */
  by: string | null
}
export type Notes = Readonly<Record<string, Note>>

export interface Followed<T> {
  typed: T
  /** The record as the person has been shown it; null for a new one. */
  seen: Fields | null
  /** By name of the part. */
  notes: Notes
}

/** How a record and its form belong together. */
export interface Entry<T> {
  parts: readonly Part<T>[]
  typedFrom: (record: Fields) => T
}

/**
 * The form after the record under it changed. What was typed is never altered: the newer value stands beside it as a
 * note. So the person has seen all of `after`, and `seen` advances as a whole: a save then replaces it on purpose, where
 * an older `seen` would make a conflict of what was decided already.
 */
export function followRecord<T extends object>(form: Followed<T>, after: Fields, entry: Entry<T>): Followed<T> {
  const before = form.seen
  if (before === null || isSame(before, after)) return form
  const [then, now] = [entry.typedFrom(before), entry.typedFrom(after)]
  const by = typeof after.updatedBy === 'string' ? after.updatedBy : null
  const typed = { ...form.typed }
  const notes: Record<string, Note> = { ...form.notes }
  for (const part of entry.parts) {
    if (part.fields.every((field) => before[field] === after[field])) continue
    if (agrees(part, form.typed, now)) delete notes[part.name]
    else if (!agrees(part, form.typed, then)) notes[part.name] = { kind: 'other', by }
    else {
      for (const key of part.typed) typed[key] = now[key]
      notes[part.name] = { kind: 'taken', by }
    }
  }
  return { typed, seen: after, notes }
}

/** A note goes when its part is typed in: the newer value was taken over, or is being replaced in sight. */
export function typeInto<T extends object>(form: Followed<T>, values: Partial<T>, entry: Entry<T>): Followed<T> {
  const typed = { ...form.typed, ...values }
  const shown = form.seen === null ? null : entry.typedFrom(form.seen)
  const stays = (part: Part<T>) => {
    if (!part.typed.some((key) => key in values)) return true
    return form.notes[part.name]?.kind === 'other' && shown !== null && !agrees(part, typed, shown)
  }
  const notes = Object.fromEntries(
    entry.parts.flatMap((part) => {
      const note = form.notes[part.name]
      return note !== undefined && stays(part) ? [[part.name, note]] : []
    }),
  )
  return { typed, seen: form.seen, notes }
}

/** What stands beside the typed value takes its place. */
export function takeOther<T extends object>(form: Followed<T>, part: Part<T>, entry: Entry<T>): Followed<T> {
  if (form.seen === null) return form
  const newer = entry.typedFrom(form.seen)
  return typeInto(form, Object.fromEntries(part.typed.map((key) => [key, newer[key]])) as Partial<T>, entry)
}

/** Whether something is typed that the record does not hold. */
export function isTouched<T extends object>(form: Followed<T>, entry: Entry<T>): boolean {
  if (form.seen === null) return false
  const shown = entry.typedFrom(form.seen)
  return entry.parts.some((part) => !agrees(part, form.typed, shown))
}

function agrees<T>(part: Part<T>, one: T, other: T): boolean {
  return part.typed.every((key) => one[key] === other[key])
}

function isSame(before: Fields, after: Fields): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].every((name) => before[name] === after[name])
}
