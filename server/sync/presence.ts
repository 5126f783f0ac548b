import { randomUUID } from 'node:crypto'
import { EVENTS, PRESENCE_LASTS_MS, type PresenceEvent, type PresenceRequest } from '#domain/sync/protocol.ts'

/** A connection that can have a record open. */
export interface Viewer {
  account: string
  name: string
  deviceId: string
  tell(event: typeof EVENTS.presence, present: PresenceEvent): void
}

type Open = NonNullable<PresenceRequest['open']>

/** What the nodes of one server tell each other of their viewers. */
export interface Shared {
  /** Of the connection, on whichever node it is. */
  id: string
  account: string
  name: string
  deviceId: string
  open: Open | null
}

interface Entry {
  viewer: Viewer
  open: Open
  saidAt: number
}

export type Presence = ReturnType<typeof createPresence>

/**
 * Who has which record open. In memory only: after a restart every tablet says it again within seconds (rule L1).
 * @param share tells the other nodes; each time that a tablet says it, so that nobody stays there who is gone here
 */
export function createPresence(now: () => number, share: (shared: Shared) => void = () => undefined) {
  const ids = new WeakMap<Viewer, string>()
  /** Connections of other nodes, which hear there what is said here. */
  const elsewhere = new Map<string, Viewer>()
  const entries = new Map<Viewer, Entry>()
  const byRecord = new Map<string, Set<Entry>>()

  function shareOf(viewer: Viewer, open: Open | null): void {
    const id = ids.get(viewer) ?? randomUUID()
    ids.set(viewer, id)
    const { account, name, deviceId } = viewer
    if (!elsewhere.has(id)) share({ id, account, name, deviceId, open })
  }

  function leave(viewer: Viewer): void {
    const entry = entries.get(viewer)
    if (entry === undefined) return
    entries.delete(viewer)
    const others = byRecord.get(keyOf(entry.open))
    others?.delete(entry)
    if (others?.size === 0) byRecord.delete(keyOf(entry.open))
    announce(entry.open)
  }

  function enter(viewer: Viewer, open: Open): void {
    const entry = { viewer, open, saidAt: now() }
    entries.set(viewer, entry)
    byRecord.set(keyOf(open), (byRecord.get(keyOf(open)) ?? new Set()).add(entry))
    announce(open)
  }

  /** @returns false when the record is another one than before */
  function sayAgain(viewer: Viewer, open: Open | null): boolean {
    const entry = entries.get(viewer)
    if (entry === undefined || open === null || keyOf(entry.open) !== keyOf(open)) return false
    entry.saidAt = now()
    if (entry.open.field !== open.field) {
      entry.open = open
      announce(open)
    }
    return true
  }

  /** Everybody who has the record open hears of the others. */
  function announce({ collection, recordId }: Open): void {
    const present = [...(byRecord.get(keyOf({ collection, recordId })) ?? [])]
    for (const { viewer } of present) {
      // A second tab of one's own is nobody else.
      const others = present.filter(({ viewer: { deviceId } }) => deviceId !== viewer.deviceId)
      const people = others.map(({ viewer: { account, name, deviceId }, open }) => ({ account, name, deviceId, field: open.field }))
      viewer.tell(EVENTS.presence, { collection, recordId, people })
    }
  }

  return {
    /** A tablet says it every few seconds; `mayOpen` is asked once, when a record is opened. */
    async say(viewer: Viewer, open: Open | null, mayOpen: (open: Open) => Promise<boolean>): Promise<void> {
      if (sayAgain(viewer, open)) return shareOf(viewer, open)
      if (entries.has(viewer)) shareOf(viewer, null)
      leave(viewer)
      if (open !== null && (await mayOpen(open))) {
        // It may have said something else while it was looked up.
        leave(viewer)
        enter(viewer, open)
        shareOf(viewer, open)
      }
    },
    leave(viewer: Viewer): void {
      if (entries.has(viewer)) shareOf(viewer, null)
      leave(viewer)
    },
    /** What another node says of one of its own; it has asked there whether they may. */
    hear({ id, account, name, deviceId, open }: Shared): void {
      const viewer = elsewhere.get(id) ?? { account, name, deviceId, tell: () => undefined }
      ids.set(viewer, id)
      elsewhere.set(id, viewer)
      if (!sayAgain(viewer, open)) {
        leave(viewer)
        if (open !== null) enter(viewer, open)
      }
      if (open === null) elsewhere.delete(id)
    },
    /** Takes away whoever has not been heard of: a connection can be lost without anybody noticing. */
    sweep(): void {
      const oldest = now() - PRESENCE_LASTS_MS
      for (const { viewer, saidAt } of [...entries.values()]) {
        if (saidAt >= oldest) continue
        leave(viewer)
        elsewhere.delete(ids.get(viewer) ?? '')
      }
    },
  }
}

function keyOf({ collection, recordId }: Pick<Open, 'collection' | 'recordId'>): string {
  return `${collection}/${recordId}`
}
