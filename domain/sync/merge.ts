import type { Collection } from '../collections.ts'
import type { Fields, Scalar } from '../scalars.ts'
import type { Change } from './change.ts'

/** What happened to one field of a change. `deleted` stands as a field of its own. */
export type FieldOutcome = 'taken' | 'same' | 'refused' | 'replaced'

/** A field that an earlier change named, since the record's `base`; oldest first. */
export interface PriorField {
  field: string
  from: Scalar
  to: Scalar
  outcome: FieldOutcome
  /** By the same device and the same user as the change at hand. */
  own: boolean
}

export interface MergedField {
  field: string
  /** What the device saw. */
  from: Scalar
  /** The server's value when the change arrived. */
  current: Scalar
  to: Scalar
  /** `replaced`: another person's value gave way, and is kept in the conflict. */
  outcome: FieldOutcome
}

export interface Merged {
  outcome: 'applied' | 'merged' | 'conflict'
  /** The record's fields after the change. */
  fields: Fields
  deleted: boolean
  /** One row per field the change names: the history. */
  history: MergedField[]
}

export const DELETED = 'deleted'

export interface MergeInput {
  collection: Pick<Collection, 'groups' | 'guarded' | 'absent' | 'rules'>
  /** The server's record, or null when there is none. */
  current: { fields: Fields; deleted: boolean } | null
  change: Pick<Change, 'op' | 'fields'>
  since: readonly PriorField[]
}

/**
 * Three-way merge by field, or by group of fields that are one fact (domain/sync/SPEC.md, rules M1 to M9).
 * Total: every input has an answer, and each value named is in `fields` or in `history`.
 */
export function merge(input: MergeInput): Merged {
  const { collection, change, since } = input
  const current = input.current ?? { fields: blank(input), deleted: false }
  if (change.op === 'delete') return mergeDelete(current, since)
  if (current.deleted && change.op === 'edit') return refuseAll(current, change, since)

  const restored = current.deleted
  const history = units(collection.groups, change.fields).flatMap((unit) =>
    mergeUnit({ unit, change, since, current: current.fields, guarded: collection.guarded, free: restored || input.current === null }),
  )
  const fields = { ...current.fields }
  for (const row of history) if (row.outcome !== 'refused') fields[row.field] = row.to
  if (restored) history.push({ field: DELETED, from: true, current: true, to: false, outcome: 'taken' })

  // A merge that no longer makes sense as a whole keeps the server's record, and the change as a conflict.
  if (!collection.rules.safeParse(fields).success) return refuseAll(current, change, since)
  return { outcome: outcomeOf(history, since), fields, deleted: false, history }
}

function mergeDelete(current: { fields: Fields; deleted: boolean }, since: readonly PriorField[]): Merged {
  const row = { field: DELETED, from: false, current: current.deleted, to: true }
  if (current.deleted) return { outcome: 'applied', ...current, history: [{ ...row, outcome: 'same' }] }
  const changedByOthers = since.some((prior) => !prior.own && wrote(prior))
  if (changedByOthers) return { outcome: 'conflict', ...current, history: [{ ...row, outcome: 'refused' }] }
  return { outcome: 'applied', fields: current.fields, deleted: true, history: [{ ...row, outcome: 'taken' }] }
}

interface Unit {
  unit: readonly string[]
  change: Pick<Change, 'fields'>
  since: readonly PriorField[]
  current: Fields
  guarded: readonly string[]
  /** Nothing of anybody's can be overwritten: the record is new, or comes back from deletion. */
  free: boolean
}

function mergeUnit({ unit, change, since, current, guarded, free }: Unit): MergedField[] {
  const named = unit.flatMap((field) => {
    const fieldChange = change.fields[field]
    return fieldChange ? [{ field, ...fieldChange, current: current[field] ?? null }] : []
  })
  const decide = (outcome: FieldOutcome) => named.map((row) => ({ ...row, outcome: row.current === row.to ? ('same' as const) : outcome }))

  if (free) return decide('taken')
  if (named.every((row) => row.current === row.to)) return decide('same')
  if (named.every((row) => row.current === valueSeen(row.field, row.from, since))) return decide('taken')
  // The device saw another value, but nobody else wrote since: its own earlier changes never count as another's.
  const others = since.some((prior) => unit.includes(prior.field) && !prior.own && wrote(prior))
  if (!others) return decide('taken')
  return decide(unit.some((field) => guarded.includes(field)) ? 'refused' : 'replaced')
}

/** A value this device sent and had refused counts as the value it was to replace. */
function valueSeen(field: string, from: Scalar, since: readonly PriorField[]): Scalar {
  let seen = from
  for (const prior of [...since].reverse()) {
    if (prior.own && prior.field === field && prior.outcome === 'refused' && prior.to === seen) seen = prior.from
  }
  return seen
}

function refuseAll(current: { fields: Fields; deleted: boolean }, change: Pick<Change, 'fields'>, since: readonly PriorField[]): Merged {
  const history = Object.entries(change.fields).map(([field, { from, to }]): MergedField => {
    const value = current.fields[field] ?? null
    return { field, from, to, current: value, outcome: value === to ? 'same' : 'refused' }
  })
  return { ...current, history, outcome: outcomeOf(history, since) }
}

function outcomeOf(history: readonly MergedField[], since: readonly PriorField[]): Merged['outcome'] {
  if (history.some((row) => row.outcome === 'refused' || row.outcome === 'replaced')) return 'conflict'
  return since.some((prior) => !prior.own && wrote(prior)) ? 'merged' : 'applied'
}

function wrote(prior: PriorField): boolean {
  return prior.outcome === 'taken' || prior.outcome === 'replaced'
}

/** The fields a change names, each with the rest of its group, so that one fact is never half taken. */
function units(groups: Collection['groups'], fields: Change['fields']): (readonly string[])[] {
  const changed = Object.keys(fields).filter((name) => fields[name]?.from !== fields[name]?.to)
  const grouped = groups.filter((group) => group.some((name) => changed.includes(name)))
  const single = changed.filter((name) => !groups.some((group) => group.includes(name)))
  return [...grouped, ...single.map((name) => [name])]
}

function blank({ collection }: MergeInput): Fields {
  return { ...collection.absent }
}
