import { SETTINGS } from '#domain/accounts/settings.ts'
import type { Databases } from './databases.ts'
import type { LeaseNote } from './lease.ts'
import { Notes } from './notes.ts'

/** Which device this is, for the server. One per account and browser profile; the same for every tab. */
export interface Identity {
  deviceId: string
  /** The device's numbers begin above this one. */
  startsAfter: number
  /** Shown when there is no session: good for handing in unsent work only. */
  credential: string | null
}

/** What the device remembers of its talks with the server. */
export interface Contact {
  /** UTC ms of the last time everything was received; 0 when it never was. */
  receivedAt: number
  /** UTC ms of the last answer to a push; 0 when there was none. */
  sentAt: number
  /** Of the server's numbers here; null before the first contact. */
  epoch: string | null
  /** What the server had written when it was last asked (rule R1). */
  witness: string | null
  /** This device's clock minus the server's, ms. */
  clockOffset: number | null
  /** Records that had to be mended, ever. */
  repairs: number
  /** Changes up to here are in a backup. */
  backedUpSeq: number
  /** Facilities of the account as the server said last; null before the first contact. */
  facilities: string[] | null
  /** Erased clients of whom a change of this tablet was not kept, and when (UTC ms): until its author has read it. */
  erased: { id: string; at: number }[]
  /** The newest signed checkpoint of the audit log that the server gave: shown at the next hello. */
  auditCheckpoint: string | null
  /** How long old records may be shown from the last contact on. */
  leaseDays: number
}

type DeviceOf = { device: Identity; contact: Contact; lease: LeaseNote } & Record<string, object>
export type DeviceNotes = Notes<DeviceOf>

/** Reads who this device is; a new one gets a name, and of two tabs that open at once one gives it. */
export async function openDevice(databases: Databases, newId: () => string): Promise<DeviceNotes> {
  const notes = await Notes.open<DeviceOf>(databases.outbox.device, {
    device: { deviceId: '', startsAfter: 0, credential: null },
    contact: {
      receivedAt: 0,
      sentAt: 0,
      epoch: null,
      witness: null,
      clockOffset: null,
      repairs: 0,
      backedUpSeq: 0,
      facilities: null,
      erased: [],
      auditCheckpoint: null,
      leaseDays: SETTINGS.leaseDays.parse(undefined),
    },
    lease: { contactAt: 0, latestAt: 0, graceLeftMs: null },
  })
  if (notes.read('device').deviceId === '') await notes.begin('device', { deviceId: newId(), startsAfter: 0, credential: null })
  return notes
}
