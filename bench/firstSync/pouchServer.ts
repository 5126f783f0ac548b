import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import type { AnyRecord } from '#domain/collections.ts'
import { listen, type Pages, type PeerServer } from './web.ts'

/** The little of PouchDB's types that is used here; its packages live in bench/pouchdb and are often not installed. */
interface Pouch {
  new (name: string): { bulkDocs(documents: object[]): Promise<{ error?: boolean }[]>; close(): Promise<void> }
  defaults(options: { prefix: string }): Pouch
}

/** express-pouchdb over PouchDB on LevelDB, its usual server, with nothing but what replication needs. */
export async function startPouch(records: readonly AnyRecord[], pages: Pages): Promise<PeerServer> {
  const require = createRequire(resolve('bench/pouchdb/package.json'))
  const folder = mkdtempSync(join(tmpdir(), 'hims-bench-pouchdb-'))
  const OnDisk = (require('pouchdb') as Pouch).defaults({ prefix: folder + sep })
  const database = new OnDisk('clients')
  const written = await database.bulkDocs(records.map(({ id, ...fields }) => ({ _id: id, ...fields })))
  if (written.some(({ error }) => error)) throw new Error('PouchDB did not take the documents')

  const express = require('express') as typeof import('express')
  const pouchRoutes = require('express-pouchdb') as (pouch: Pouch, options: object) => import('express').RequestHandler
  const app = express().disable('x-powered-by')
  app.use('/db', pouchRoutes(OnDisk, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
  app.use((request, response) => pages.answer(request, response))
  const http = createServer(app)
  const url = await listen(http)
  return {
    url,
    async close() {
      http.closeAllConnections()
      http.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
