import type { AuditEntry } from '#domain/audit/event.ts'
import { auditHashOf } from '#server/audit/audit.ts'
import { type Checkpoint, checkpointText, type Floor, signCheckpoint } from '#server/audit/checkpoint.ts'
import type { AuditSigner } from '#server/audit/keys.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import type { Seeded } from '../sync/seeded.ts'

export type EventRow = Record<string, SqlValue> & { seq: number; hash: string; previousHash: string }

/** What somebody with the database, and without the installation's secret, finds there. */
export interface Log {
  sql: Sql
  random: Seeded
  /** In their order. */
  events: EventRow[]
  checkpoints: Checkpoint[]
  floor: Floor | null
  /** A key of their own. */
  ownKey: AuditSigner & { publicJwk: string; sealedPrivate: string }
}

export interface Tampering {
  what: string
  /** Where the damage begins, when there is only one answer. */
  firstBadSeq?: number
  /** The checkpoint that somebody kept outside of the database: without it the log would be whole in itself. */
  kept?: string
}

const TEXTS = ['action', 'outcome', 'actorId', 'applicationId', 'deviceId', 'ip', 'route', 'subject', 'requestId', 'previousHash', 'hash']
const NUMBERS = ['at', 'status', 'deviceTime']
const NEVER_NULL = ['at', 'action', 'outcome', 'previousHash', 'hash']

/** Every way to tamper with the log that this file knows; which one, and where, is drawn. */
export const TAMPERINGS: Record<string, (log: Log) => Promise<Tampering>> = {
  async 'change a column'(log) {
    const event = log.random.pick(log.events)
    const column = log.random.pick([...TEXTS, ...NUMBERS])
    const value = other(log, column, event[column] ?? null)
    await set(log, event.seq, { [column]: value })
    return { what: `${column} of ${event.seq}`, firstBadSeq: event.seq }
  },
  async 'give a value to another column'(log) {
    const event = log.random.pick(log.events)
    const [from, to] = two(
      log,
      TEXTS.filter((name) => !NEVER_NULL.includes(name)),
    )
    const values = { [from]: event[to] ?? null, [to]: event[from] ?? null }
    if (values[from] === values[to]) values[from] = 'x'
    await set(log, event.seq, values)
    return { what: `${from} and ${to} of ${event.seq}`, firstBadSeq: event.seq }
  },
  async 'change an event and its hash'(log) {
    const event = log.random.pick(log.events.slice(0, -1))
    await set(log, event.seq, rehashed({ ...event, subject: 'somebody else' }, event.previousHash))
    return { what: String(event.seq) }
  },
  async 'change a number'(log) {
    const event = log.random.pick(log.events)
    const seq = 10_000 + log.random.below(1_000)
    await set(log, event.seq, { seq })
    return { what: `${event.seq} to ${seq}`, firstBadSeq: event.seq }
  },
  async 'delete one'(log) {
    const event = log.random.pick(log.events)
    await remove(log, [event.seq])
    return { what: String(event.seq), firstBadSeq: event.seq }
  },
  async 'delete many'(log) {
    const [one, another] = two(log, log.events)
    const [from, to] = [Math.min(one.seq, another.seq), Math.max(one.seq, another.seq)]
    await log.sql.run('DELETE FROM "AuditEvent" WHERE seq >= ? AND seq <= ?', from, to)
    return { what: `${from} to ${to}`, firstBadSeq: from }
  },
  async 'delete the last'(log) {
    const count = 1 + log.random.below(5)
    const last = log.events.slice(-count)
    await remove(
      log,
      last.map(({ seq }) => seq),
    )
    return { what: String(count), firstBadSeq: last[0]?.seq ?? 0 }
  },
  async 'delete one and close the gap'(log) {
    const index = log.random.below(log.events.length - 1)
    const kept = log.events.filter((_, at) => at !== index)
    await rewriteFrom(log, index, kept)
    return { what: String(log.events[index]?.seq) }
  },
  async 'insert at the end'(log) {
    const last = newest(log)
    const forged = rehashed({ ...last, seq: last.seq + 1, subject: 'nobody' }, last.hash)
    await insert(log, forged)
    return { what: String(forged.seq), firstBadSeq: forged.seq }
  },
  async 'insert between, and count on'(log) {
    const index = 1 + log.random.below(log.events.length - 1)
    const forged = { ...(log.events[index] as EventRow), subject: 'nobody', requestId: 'forged' }
    await rewriteFrom(log, index, [...log.events.slice(0, index), forged, ...log.events.slice(index)])
    return { what: String(log.events[index]?.seq) }
  },
  async 'swap two'(log) {
    const [one, another] = two(log, log.events)
    const content = (event: EventRow) => Object.fromEntries([...TEXTS, ...NUMBERS].map((name) => [name, event[name] ?? null]))
    await set(log, one.seq, content(another))
    await set(log, another.seq, content(one))
    return { what: `${one.seq} and ${another.seq}`, firstBadSeq: Math.min(one.seq, another.seq) }
  },
  async 'swap two and link them anew'(log) {
    const [one, another] = two(log, log.events.slice(0, -1))
    const swapped = log.events.map((event) => (event === one ? another : event === another ? one : event))
    await rewriteFrom(log, Math.min(log.events.indexOf(one), log.events.indexOf(another)), swapped)
    return { what: `${one.seq} and ${another.seq}` }
  },
  async 'duplicate one at the end'(log) {
    const event = log.random.pick(log.events)
    const seq = newest(log).seq + 1
    await insert(log, { ...event, seq })
    await setTail(log, seq, event.hash)
    return { what: String(event.seq), firstBadSeq: seq }
  },
  async 'rewrite from somewhere on, with hashes and tail'(log) {
    const index = log.random.below(log.events.length)
    const changed = log.events.map((event, at) => (at === index ? { ...event, actorId: 'somebody else' } : event))
    await rewriteFrom(log, index, changed)
    return { what: String(log.events[index]?.seq) }
  },
  async 'move the number of the tail'(log) {
    const { seq, hash } = newest(log)
    const moved = seq + log.random.pick([-3, -2, -1, 1, 2, 3, 1_000])
    await setTail(log, moved, hash)
    return { what: String(moved) }
  },
  async 'change the hash of the tail'(log) {
    const { seq, hash } = newest(log)
    await setTail(log, seq, log.random.pick([changed(log, hash), '', log.random.pick(log.events.slice(0, -1)).hash]))
    return { what: 'tail' }
  },
  async 'cut off, with the tail'(log) {
    const event = log.random.pick(log.events.slice(0, -1))
    await log.sql.run('DELETE FROM "AuditEvent" WHERE seq > ?', event.seq)
    await setTail(log, event.seq, event.hash)
    return { what: `after ${event.seq}`, firstBadSeq: event.seq + 1 }
  },
  async 'cut off, with tail and checkpoints'(log) {
    const event = log.random.pick(log.events.slice(0, -1))
    await log.sql.run('DELETE FROM "AuditEvent" WHERE seq > ?', event.seq)
    await log.sql.run('DELETE FROM "AuditCheckpoint" WHERE seq > ?', event.seq)
    await setTail(log, event.seq, event.hash)
    return { what: `after ${event.seq}`, firstBadSeq: event.seq + 1, kept: newestText(log) }
  },
  async 'begin anew'(log) {
    for (const table of ['AuditEvent', 'AuditCheckpoint', 'AuditFloor']) await log.sql.run(`DELETE FROM "${table}"`)
    await setTail(log, 0, '')
    return { what: 'all', firstBadSeq: 1, kept: newestText(log) }
  },
  async 'drop a checkpoint'(log) {
    const checkpoint = log.random.pick(log.checkpoints)
    await log.sql.run('DELETE FROM "AuditCheckpoint" WHERE seq = ?', checkpoint.seq)
    const isLast = checkpoint === log.checkpoints.at(-1)
    return { what: String(checkpoint.seq), ...(isLast ? { kept: newestText(log) } : {}) }
  },
  async 'change a checkpoint'(log) {
    const checkpoint = log.random.pick(log.checkpoints)
    const column = log.random.pick(['hash', 'epoch', 'previousSeq', 'at', 'keyId', 'signature'] as const)
    const value = checkpoint[column]
    await setCheckpoint(log, checkpoint.seq, { [column]: typeof value === 'number' ? value + 1 : changed(log, value) })
    return { what: `${column} of ${checkpoint.seq}` }
  },
  async 'write a signature otherwise'(log) {
    const checkpoint = log.random.pick(log.checkpoints)
    await setCheckpoint(log, checkpoint.seq, { signature: checkpoint.signature + log.random.pick(['=', '==', ' ', '.', '\n']) })
    return { what: String(checkpoint.seq) }
  },
  async 'move a checkpoint'(log) {
    const checkpoint = log.random.pick(log.checkpoints)
    const free = log.events.filter(({ seq }) => !log.checkpoints.some((other) => other.seq === seq))
    const event = log.random.pick(free)
    await setCheckpoint(log, checkpoint.seq, { seq: event.seq, hash: event.hash })
    return { what: `${checkpoint.seq} to ${event.seq}` }
  },
  async 'sign a checkpoint with a key of one’s own'(log) {
    const checkpoint = log.random.pick(log.checkpoints)
    await addOwnKey(log)
    await resign(log, checkpoint)
    return { what: String(checkpoint.seq) }
  },
  async 'rewrite all, and sign all with a key of one’s own'(log) {
    const index = log.random.below(log.events.length)
    await addOwnKey(log)
    const links = await rewriteFrom(
      log,
      index,
      log.events.map((event, at) => (at === index ? { ...event, at: 1 } : event)),
    )
    for (const checkpoint of log.checkpoints) await resign(log, { ...checkpoint, hash: links.get(checkpoint.seq) ?? checkpoint.hash })
    return { what: String(log.events[index]?.seq) }
  },
  async 'put one’s own key in the place of the right one'(log) {
    const keyId = log.checkpoints[0]?.keyId ?? ''
    const { publicJwk, sealedPrivate } = log.ownKey
    const column = log.random.pick(['both', 'public', 'private'] as const)
    if (column !== 'private') await log.sql.run('UPDATE "AuditKey" SET "publicJwk" = ? WHERE id = ?', publicJwk, keyId)
    if (column !== 'public') await log.sql.run('UPDATE "AuditKey" SET "sealedPrivate" = ? WHERE id = ?', sealedPrivate, keyId)
    return { what: column }
  },
  async 'let the log begin later without a signature'(log) {
    const { seq, hash, at, keyId } = log.random.pick(log.checkpoints)
    await log.sql.run('DELETE FROM "AuditFloor"')
    const signature = log.random.pick([log.floor?.signature ?? 'none', log.ownKey.sign(`hims-audit-floor-1.${seq}.${hash}.${at}.${keyId}`)])
    await log.sql.run(
      'INSERT INTO "AuditFloor" (seq, hash, at, "keyId", signature) VALUES (?, ?, ?, ?, ?)',
      seq,
      hash,
      at,
      keyId,
      signature,
    )
    await log.sql.run('DELETE FROM "AuditEvent" WHERE seq <= ?', seq)
    return { what: String(seq) }
  },
}

function two<T>({ random }: Log, values: readonly T[]): [T, T] {
  const one = random.pick(values)
  const others = values.filter((value) => value !== one)
  return [one, random.pick(others)]
}

/** Another value of a column, among them those that are easily taken for the same. */
function other(log: Log, column: string, value: SqlValue): SqlValue {
  if (value !== null && !NEVER_NULL.includes(column) && log.random.below(4) === 0) return null
  if (NUMBERS.includes(column)) return value === null ? log.random.pick([0, 1]) : Number(value) + log.random.pick([-1, 1, 1_000])
  if (value === null) return log.random.pick(['', 'null', 'x'])
  return changed(log, String(value))
}

function changed(log: Log, text: string): string {
  const at = log.random.below(text.length + 1)
  const letter = text[at] === 'a' ? 'b' : 'a'
  const ways = [text.slice(0, at) + letter + text.slice(at + 1), `${text} `, text.toUpperCase(), text.slice(1), `${text}"`]
  return ways.find((way, index) => way !== text && index >= log.random.below(ways.length)) ?? `${text}x`
}

function newest({ events }: Log): EventRow {
  return events.at(-1) as EventRow
}

function newestText({ checkpoints }: Log): string {
  return checkpointText(checkpoints.at(-1) as Checkpoint)
}

function rehashed(event: EventRow, previousHash: string): EventRow {
  return { ...event, previousHash, hash: auditHashOf(event.seq, previousHash, event as unknown as AuditEntry) }
}

/** Writes the log anew from `index` on: numbers, links and tail, as somebody would who knows how it is made. @returns seq -> hash */
async function rewriteFrom(log: Log, index: number, content: readonly EventRow[]): Promise<Map<number, string>> {
  const first = log.events[0]?.seq ?? 1
  await log.sql.run('DELETE FROM "AuditEvent" WHERE seq >= ?', first + index)
  let previousHash = log.events[index]?.previousHash ?? ''
  const links = new Map(log.events.slice(0, index).map(({ seq, hash }) => [seq, hash]))
  for (const [at, event] of content.entries()) {
    if (at < index) continue
    const written = rehashed({ ...event, seq: first + at }, previousHash)
    await insert(log, written)
    links.set(written.seq, written.hash)
    previousHash = written.hash
  }
  await setTail(log, first + content.length - 1, previousHash)
  return links
}

async function addOwnKey({ sql, ownKey }: Log): Promise<void> {
  const text = 'INSERT INTO "AuditKey" (id, "publicJwk", "sealedPrivate", "createdAt") VALUES (?, ?, ?, 0)'
  await sql.run(text, ownKey.keyId, ownKey.publicJwk, ownKey.sealedPrivate)
}

async function resign(log: Log, checkpoint: Checkpoint): Promise<void> {
  const { keyId, signature, hash } = signCheckpoint(checkpoint, log.ownKey)
  await setCheckpoint(log, checkpoint.seq, { keyId, signature, hash })
}

const assignments = (values: object) =>
  Object.keys(values)
    .map((name) => `"${name}" = ?`)
    .join(', ')

async function set({ sql }: Log, seq: number, values: Record<string, SqlValue>): Promise<void> {
  await sql.run(`UPDATE "AuditEvent" SET ${assignments(values)} WHERE seq = ?`, ...Object.values(values), seq)
}

async function setCheckpoint({ sql }: Log, seq: number, values: Record<string, SqlValue>): Promise<void> {
  await sql.run(`UPDATE "AuditCheckpoint" SET ${assignments(values)} WHERE seq = ?`, ...Object.values(values), seq)
}

async function setTail({ sql }: Log, seq: number, hash: string): Promise<void> {
  await sql.run('UPDATE "Tail" SET "auditSeq" = ?, "auditHash" = ? WHERE id = 1', seq, hash)
}

async function remove({ sql }: Log, seqs: readonly number[]): Promise<void> {
  for (const seq of seqs) await sql.run('DELETE FROM "AuditEvent" WHERE seq = ?', seq)
}

async function insert({ sql }: Log, event: EventRow): Promise<void> {
  const names = Object.keys(event)
  const columns = names.map((name) => `"${name}"`).join(', ')
  await sql.run(
    `INSERT INTO "AuditEvent" (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
    ...names.map((name) => event[name] ?? null),
  )
}
