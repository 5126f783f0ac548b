import indexeddb from 'pouchdb-adapter-indexeddb'
import PouchDB from 'pouchdb-browser'
import { offerMeasure } from '../firstSync/page/measure.ts'

/** HIMS pulls as many at once; PouchDB's own 100 are slower. */
const BATCH = 1000

PouchDB.plugin(indexeddb)

offerMeasure<{ url: string; adapter: 'indexeddb' | 'idb' }>(async ({ url, adapter }) => {
  const local = new PouchDB('clients', { adapter })
  const { docs_written } = await local.replicate.from(url, { batch_size: BATCH })
  Object.assign(globalThis, { received: docs_written })
})
