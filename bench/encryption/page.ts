import { Cipher } from '#app/data/cipher.ts'
import { openDatabases, readAll } from '#app/data/databases.ts'
import { encryptedStorage } from '#app/data/encryptedStorage.ts'
import { Mirror } from '#app/data/mirror.ts'
import { mirrorStorage } from '#app/data/mirrorStorage.ts'
import { readRows } from '#app/data/readRows.ts'
import { rowThreads } from '#app/data/rowThreads.ts'
import { type PulledRecord, SNAPSHOT_RECORDS } from '#domain/sync/protocol.ts'
import { offerMeasure } from '../firstSync/page/measure.ts'

export interface EncryptionTrial {
  encrypted: boolean
  records: PulledRecord[]
}

/** The app's own writer and readers over the real storage: pages of a first sync in, then everything out in two ways. */
offerMeasure<EncryptionTrial>(async ({ encrypted, records }, mark) => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const storage = encrypted ? encryptedStorage(mirrorStorage(), await Cipher.of(key)) : mirrorStorage()
  const open = () => openDatabases({ storage, name: 'bench', multiInstance: true })
  const written = await open()
  const mirror = new Mirror(written.mirror.collections, () => false)
  mark('opened')
  for (let from = 0; from < records.length; from += SNAPSHOT_RECORDS) {
    await mirror.write('clients', records.slice(from, from + SNAPSHOT_RECORDS))
  }
  mark('written')
  await written.close()
  const { mirror: kept } = await open()
  // Neither way shall find what the other has warmed up.
  await kept.clients.storageInstance.findDocumentsById([String(records[0]?.id)], false)
  mark('opened again')
  let received = 0
  const threads = rowThreads()
  for await (const rows of readRows(kept.clients as never, 200, threads)) received += rows.length
  threads.stop()
  mark('read')
  const found = await readAll(kept.clients)
  mark('queried')
  const first = found.find(({ id }) => id === records[0]?.id)
  if (first?.notes !== (records[0] as Record<string, unknown> | undefined)?.notes) throw new Error('what came out is not what went in')
  Object.assign(globalThis, { received: Math.min(received, found.length) })
})
