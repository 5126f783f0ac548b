import type { Edit } from '#app/data/tablet.ts'
import type { CollectionName } from '#domain/collections.ts'
import type { Change } from '#domain/sync/change.ts'
import type { Row, Written } from './disk.ts'

/**
 * Why a row is not on a disk any more: the tester destroyed it, the tablet was wiped, its record had left the tablet
 * (rule S10), or the tablet forgot it, which it may when a verified backup holds it (rule O10).
 */
export type Left = 'destroyed' | 'wiped' | 'purged' | 'forgotten'

/** A tablet decides to forget a row, and has forgotten it a few writes later: within this, ms, its record may have come back. */
const FORGETTING_MS = 50

/** One change as a tablet wrote it down, in the tester's own books. */
export interface Saved {
  changeId: string
  device: string
  change: Change
  /** The change that this one says again under another id. */
  insteadOf: string | null
  left: Set<Left>
  /** A restore took it from the server, and no server has answered it since. */
  takenBack: boolean
  /** The tester destroyed the last copy of it before the server had it. */
  neverArrived: boolean
  /** The tester made its row unreadable. */
  unreadable: boolean
}

/** What was saved, by the tester's own watching of the disks; nothing of the code under test is asked. */
export class Ledger {
  readonly saved = new Map<string, Saved>()
  /** Edits whose save ended well, with no row on the disk. */
  readonly unsaid: string[] = []
  /** Rows that a tablet forgot although no verified backup held them. */
  readonly tooEarly: { recordId: string; text: string }[] = []
  readonly #backedUp = new Set<string>()

  /**
   * Listens to what a tablet writes to its disk.
   * @param inMirror whether the mirror on that disk has the record
   */
  watch(device: string, now: () => number, inMirror: (collection: CollectionName, id: string) => boolean) {
    const cameAt = new Map<string, number>()
    const holds = (collection: CollectionName, id: string) =>
      inMirror(collection, id) && now() - (cameAt.get(`${collection}/${id}`) ?? Number.NEGATIVE_INFINITY) > FORGETTING_MS
    return ({ collection, rows, removed }: Written): void => {
      if (collection !== 'outbox') {
        const came = rows.filter(({ before, after }) => (before === undefined || before._deleted) && !after._deleted)
        for (const { after } of came) cameAt.set(`${collection}/${after.id}`, now())
        return
      }
      for (const { before, after } of rows) {
        if (removed) this.#leave([String(after.changeId)], 'wiped')
        else if (before && before.body !== '' && (after._deleted || after.body === '')) this.#forget(device, before, holds)
        else if (!after._deleted && after.body !== '') this.#take(device, after, before)
      }
    }
  }

  /** The screen has said "saved": it must be on the disk. */
  said(device: string, edit: Edit): void {
    const wanted = Object.entries(edit.values).filter(([field, to]) => (edit.seen?.[field] ?? null) !== to)
    if (edit.op === 'edit' && wanted.length === 0) return
    for (const { change, device: by } of this.saved.values()) {
      const same = by === device && change.recordId === edit.recordId && change.op === edit.op
      if (same && wanted.every(([field, to]) => change.fields[field]?.to === to)) return
    }
    this.unsaid.push(`${device}: ${edit.op} of ${edit.collection}/${edit.recordId}`)
  }

  /** A verified backup holds these. */
  backedUp(changeIds: Iterable<string>): void {
    for (const changeId of changeIds) this.#backedUp.add(changeId)
  }

  /** The server was put back to a copy that does not hold these. */
  tookBack(changeIds: Iterable<string>): void {
    for (const saved of this.#known(changeIds)) saved.takenBack = true
  }

  /** The tester destroyed these rows. @param isElsewhere whether the server or another disk holds the change */
  destroyed(changeIds: Iterable<string>, isElsewhere: (changeId: string) => boolean): void {
    for (const saved of this.#known(changeIds)) {
      saved.left.add('destroyed')
      if (!isElsewhere(saved.changeId)) saved.neverArrived = true
    }
  }

  madeUnreadable(changeId: string): void {
    for (const saved of this.#known([changeId])) saved.unreadable = true
  }

  /** It may be nowhere: no tablet could bring it again, and not by any fault of the tablet. */
  mayBeNowhere({ left, takenBack, neverArrived }: Saved): boolean {
    return neverArrived || (takenBack && (['destroyed', 'wiped', 'purged'] as const).some((reason) => left.has(reason)))
  }

  *#known(changeIds: Iterable<string>): Iterable<Saved> {
    for (const changeId of changeIds) {
      const saved = this.saved.get(changeId)
      if (saved) yield saved
    }
  }

  #leave(changeIds: Iterable<string>, reason: Left): void {
    for (const saved of this.#known(changeIds)) saved.left.add(reason)
  }

  /** A tablet let go of a row by itself. */
  #forget(device: string, row: Row, holds: (collection: CollectionName, id: string) => boolean): void {
    const saved = this.saved.get(String(row.changeId))
    if (saved === undefined) return
    const { collection, recordId } = saved.change
    const isGone = !holds(collection, recordId)
    saved.left.add(isGone ? 'purged' : 'forgotten')
    if (isGone || this.#backedUp.has(saved.changeId)) return
    const text = `${device}: row ${Number(row.id)} of ${collection}/${recordId}, answered at ${row.seq}, was ${row.state}`
    this.tooEarly.push({ recordId, text })
  }

  #take(device: string, row: Row, before: Row | undefined): void {
    const known = this.saved.get(String(row.changeId))
    // What was answered anew is on the server again.
    if (known && (row.epoch !== before?.epoch || row.seq !== before?.seq)) Object.assign(known, { takenBack: false, neverArrived: false })
    if (known || (before && before.changeId === row.changeId && before.body === row.body)) return
    const extra = row.extra ? JSON.parse(String(row.extra)) : {}
    const change = JSON.parse(String(row.body)) as Change
    const { changeId } = change
    this.saved.set(changeId, {
      changeId,
      device,
      change,
      insteadOf: extra.insteadOf ?? null,
      left: new Set(),
      takenBack: false,
      neverArrived: false,
      unreadable: false,
    })
  }
}
