import { type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Device } from './device.ts'

/** A record that a tablet's mirror held beyond the backup when the server was put back: it must be handed in (rule R3). */
export interface Stake {
  device: Device
  collection: CollectionName
  recordId: string
  epoch: string
  seq: number
  room: string
}

/** An issue is made by the server from what it holds; facilities are the office's. */
const HANDED_IN: readonly CollectionName[] = ['programs', 'clients', 'enrollments']

/** What the mirrors hold above `seq`, the last number of the copy. */
export function stakesOf(devices: readonly Device[], seq: number): Stake[] {
  return devices
    .filter(({ isGone, isRevoked }) => !isGone && !isRevoked)
    .flatMap((device) => HANDED_IN.flatMap((name) => above(device, name, seq)))
}

function above(device: Device, collection: CollectionName, seq: number): Stake[] {
  const { epoch, rebuilding } = progressOf(device, collection)
  // Numbers of a mirror that is being built anew are of two epochs.
  if (epoch === null || rebuilding) return []
  const rows = device.disk.documents(collection, '-mirror').filter((row) => !row._deleted && Number(row.seq) > seq)
  return rows.map((row) => ({
    device,
    collection,
    recordId: String(row.id),
    epoch,
    seq: Number(row.seq),
    room: collections[collection].roomOf(row as Fields),
  }))
}

function progressOf({ disk }: Device, collection: CollectionName): { epoch: string | null; rebuilding: boolean } {
  const note = disk.documents('progress', '-mirror').find(({ id, _deleted }) => id === collection && !_deleted)
  return note ? JSON.parse(String(note.text)) : { epoch: null, rebuilding: false }
}
