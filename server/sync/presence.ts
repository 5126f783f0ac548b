import { EVENTS, PRESENCE_LASTS_MS, type PresenceEvent, type PresenceRequest } from '#domain/sync/protocol.ts'

/** A connection that can have a record open. */
export interface Viewer {
  account: string
  name: string
  deviceId: string
  tell(event: typeof EVENTS.presence, present: PresenceEvent): void
}

type Open = NonNullable<PresenceRequest['open']>

interface Entry {
  viewer: Viewer
  open: Open
  saidAt: number
}

export type Presence = ReturnType<typeof createPresence>

/** Who has which record open. In memory only: after a restart every tablet says it again within seconds (rule L1). */
export function createPresence(now: () => number) {
  const entries = new Map<Viewer, Entry>()
  const byRecord = new Map<string, Set<Entry>>()

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
      const entry = entries.get(viewer)
      if (entry && open && keyOf(entry.open) === keyOf(open)) {
        entry.saidAt = now()
        if (entry.open.field === open.field) return
        entry.open = open
        return announce(open)
      }
      leave(viewer)
      if (open !== null && (await mayOpen(open))) {
        // It may have said something else while it was looked up.
        leave(viewer)
        enter(viewer, open)
      }
    },
    leave,
    /** Takes away whoever has not been heard of: a connection can be lost without anybody noticing. */
    sweep(): void {
      const oldest = now() - PRESENCE_LASTS_MS
      for (const { viewer, saidAt } of [...entries.values()]) if (saidAt < oldest) leave(viewer)
    },
  }
}

function keyOf({ collection, recordId }: Pick<Open, 'collection' | 'recordId'>): string {
  return `${collection}/${recordId}`
}
