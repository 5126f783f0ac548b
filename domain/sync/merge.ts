import type { Collection } from '../collections.ts'
import type { Fields, Scalar } from '../scalars.ts'
import type { Change, FieldOutcome } from './change.ts'

/** A field that an earlier change named, since the record's `base`; oldest first. */
export interface PriorField {
  field: string
  from: Scalar
  to: Scalar
  outcome: FieldOutcome
  /** By the same device and the same user as the change at hand. */
  own: boolean
  /** Of a change that was sent again after a restore: the epoch and number it had before. */
  resent: Resent | null
}

export interface Resent {
  epoch: string
  seq: number
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
  change: Pick<Change, 'op' | 'fields' | 'resent'>
  since: readonly PriorField[]
  /** A test's switch: never a conflict, the change is always taken (domain/sync/guards.ts). */
  always?: boolean
}

type Held = NonNullable<MergeInput['current']>

/**
 * Three-way merge by field, or by group of fields that are one fact (domain/sync/SPEC.md, rules M1 to M12, R4).
 * Total: every input has an answer, and each value named is in `fields` or in `history`.
 */
export function merge(input: MergeInput): Merged {
  const { collection, change, since } = input
  const current = input.current ?? { fields: blank(input), deleted: false }
  if (change.op === 'delete') return mergeDelete(current, input)
  // Of two changes that were sent again, the delete came later than the edit: it stands, over what the edit says.
  const deletedAfter = current.deleted && change.op === 'edit' && cameBefore(change, since, [DELETED])
  if (current.deleted && change.op === 'edit' && !deletedAfter) return refuseAll(current, change, since)

  const restored = current.deleted && !deletedAfter
  const named = { ...change, fields: restored && change.op === 'create' ? wholeFacts(input) : change.fields }
  const free = restored || input.current === null
  const ground = { ...input, change: named, current: current.fields, guarded: collection.guarded, free }
  const history = units(collection.groups, named.fields).flatMap((unit) => mergeUnit(unit, ground))
  const fields = { ...current.fields }
  for (const row of history) if (stands(row)) fields[row.field] = row.to
  if (restored) history.push({ field: DELETED, from: true, current: true, to: false, outcome: 'taken' })
  else if (change.op === 'restore') history.push({ field: DELETED, from: true, current: false, to: false, outcome: 'same' })

  // A merge that no longer makes sense as a whole keeps the server's record, and the change as a conflict.
  if (!collection.rules.safeParse(fields).success) return refuseAll(current, change, since)
  return { outcome: outcomeOf(history, since), fields, deleted: deletedAfter, history }
}

function mergeDelete(current: Held, { change, since, always }: MergeInput): Merged {
  const row = { field: DELETED, from: false, current: current.deleted, to: true }
  if (current.deleted) return { outcome: 'applied', ...current, history: [{ ...row, outcome: 'same' }] }
  const others = since.filter((prior) => !prior.own && wrote(prior))
  if (others.length > 0 && !always) {
    if (cameBefore(change, since, null)) return { outcome: 'merged', ...current, history: [{ ...row, outcome: 'superseded' }] }
    if (!allResent(change, others)) return { outcome: 'conflict', ...current, history: [{ ...row, outcome: 'refused' }] }
  }
  return { outcome: 'applied', fields: current.fields, deleted: true, history: [{ ...row, outcome: 'taken' }] }
}

/** A create of a deleted record names a new beginning: what it leaves out of a fact it names is as if it had never been. */
function wholeFacts({ collection, change }: MergeInput): Change['fields'] {
  const changed = Object.keys(change.fields)
  const facts = collection.groups.filter((group) => group.some((name) => changed.includes(name))).flat()
  const missing = facts.filter((name) => !changed.includes(name) && collection.absent[name] !== undefined)
  const blanks = missing.map((name) => [name, { from: null, to: collection.absent[name] ?? null }] as const)
  return { ...change.fields, ...Object.fromEntries(blanks) }
}

/** What each unit of a change is decided by. */
interface Ground {
  change: Pick<Change, 'fields' | 'resent'>
  since: readonly PriorField[]
  current: Fields
  guarded: readonly string[]
  /** Nothing of anybody's can be overwritten: the record is new, or comes back from deletion. */
  free: boolean
  always?: boolean
}

function mergeUnit(unit: readonly string[], { change, since, current, guarded, free, always }: Ground): MergedField[] {
  const named = unit.flatMap((field) => {
    const fieldChange = change.fields[field]
    return fieldChange ? [{ field, from: fieldChange.from, current: current[field] ?? null, to: fieldChange.to }] : []
  })
  const decide = (outcome: FieldOutcome) =>
    named.map(({ field, from, current, to }) => ({ field, from, current, to, outcome: current === to ? ('same' as const) : outcome }))

  if (free || always) return decide('taken')
  if (cameBefore(change, since, unit)) return decide('superseded')
  if (named.every((row) => row.current === row.to)) return decide('same')
  if (named.every((row) => row.current === valueSeen(row.field, row.from, since))) return decide('taken')
  // The device saw another value, but nobody else wrote since: its own earlier changes never count as another's.
  const others = since.filter((prior) => unit.includes(prior.field) && !prior.own && wrote(prior))
  if (others.length === 0 || allResent(change, others)) return decide('taken')
  return decide(unit.some((field) => guarded.includes(field)) ? 'refused' : 'replaced')
}

/**
 * R4: this change was sent again after a restore, and one that came later than it before has been sent again already.
 * A value that was found in place counts too: it was that change's.
 * @param fields null for any
 */
function cameBefore({ resent }: Pick<Change, 'resent'>, since: readonly PriorField[], fields: readonly string[] | null): boolean {
  if (resent === undefined) return false
  return since.some(
    (prior) =>
      (fields === null || fields.includes(prior.field)) &&
      prior.resent?.epoch === resent.epoch &&
      prior.resent.seq > resent.seq &&
      (wrote(prior) || prior.outcome === 'same'),
  )
}

/** R4: what stands between was sent again too, and came earlier then. */
function allResent({ resent }: Pick<Change, 'resent'>, others: readonly PriorField[]): boolean {
  return resent !== undefined && others.every((prior) => prior.resent?.epoch === resent.epoch && prior.resent.seq <= resent.seq)
}

function stands({ outcome }: MergedField): boolean {
  return outcome !== 'refused' && outcome !== 'superseded'
}

/** A value this device sent and had refused counts as the value it was to replace. */
function valueSeen(field: string, from: Scalar, since: readonly PriorField[]): Scalar {
  let seen = from
  for (const prior of [...since].reverse()) {
    const lost = prior.outcome === 'refused' || prior.outcome === 'superseded'
    if (prior.own && prior.field === field && lost && prior.to === seen) seen = prior.from
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
