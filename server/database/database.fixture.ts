import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { openDatabase } from './database.ts'

/** Address of the server that tests make their databases on; without it they use SQLite. */
const serverUrl = () => process.env.HIMS_TEST_POSTGRESQL ?? ''
const TEMPLATE = `hims_template_${process.pid}`

export const onPostgresql = serverUrl() !== ''

let template: Promise<void> | undefined
/** The newest stay: a test may have made several and have none of them open just now. */
const KEPT = 8
/** Older ones that nobody uses any more go when the next one is made. */
let made: string[] = []

/** Settings of a test that has `folder` for itself: a database that nobody else has, of the kind that is tested. */
export async function testSettings(folder: string): Promise<Record<string, string>> {
  if (serverUrl() === '') return { DATA_DIR: folder }
  return { DATA_DIR: folder, DATABASE_URL: await newDatabase(), SECRET: 'of tests alone, thirty-two letters' }
}

/** @returns the address of a new database, migrated but not begun */
async function newDatabase(): Promise<string> {
  template ??= makeTemplate()
  await template
  const name = `hims_${randomBytes(6).toString('hex')}`
  await onServer(async (client) => {
    const left: string[] = []
    for (const old of made.slice(0, -KEPT)) await client.query(`DROP DATABASE "${old}"`).catch(() => left.push(old))
    made = [...left, ...made.slice(-KEPT), name]
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${TEMPLATE}"`)
  })
  return urlOf(name)
}

/** As somebody does who puts a database aside behind the server's back. `copy` is a file, or names the copy. */
export async function copyDatabase(url: string, copy: string): Promise<void> {
  if (!onPostgresql) return copyFileSync(url.slice('file:'.length), copy)
  const name = `hims_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${nameOf(url)}"`))
  writeFileSync(copy, name)
}

/** The copy in the place of the database, which nobody has open. */
export async function bringBack(url: string, copy: string): Promise<void> {
  if (!onPostgresql) return copyFileSync(copy, url.slice('file:'.length))
  await onServer(async (client) => {
    await client.query(`DROP DATABASE "${nameOf(url)}"`)
    await client.query(`CREATE DATABASE "${nameOf(url)}" TEMPLATE "${readFileSync(copy, 'utf8')}"`)
  })
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

async function makeTemplate(): Promise<void> {
  await onServer((client) => client.query(`CREATE DATABASE "${TEMPLATE}" TEMPLATE template0`))
  const database = await openDatabase(urlOf(TEMPLATE))
  // Each installation has an id and an epoch of its own.
  await database.write(async (sql) => {
    await sql.run('DELETE FROM "Tail"')
    await sql.run('DELETE FROM "Deployment"')
  })
  await database.close()
}

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(name: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}
