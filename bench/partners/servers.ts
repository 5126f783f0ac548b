import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { takeNumbers } from '#server/audit/audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServer } from '#server/http/app.ts'
import { createLogger } from '#server/logger.ts'
import { createServices } from '#server/services.ts'
import { freePort } from '../firstSync/web.ts'

export interface Peer {
  port: number
  token: string
  stop(): Promise<void>
}

const TOKEN = 'a'.repeat(64)
export const idOf = (index: number) => `CLIENT${String(index).padStart(7, '0')}`

/** The product's own web server in a process of its own. @param log false: what it would be without an audit row */
export async function startHims(folder: string, clients: number, log: boolean): Promise<Peer> {
  const child = fork(fileURLToPath(import.meta.url), ['--serve', folder, String(clients), log ? 'log' : 'no-log'])
  const [{ port, token }] = (await once(child, 'message')) as [{ port: number; token: string }]
  return { port, token, stop: () => end(child) }
}

export async function startRaw(folder: string, clients: number): Promise<Peer> {
  const child = fork('bench/partners/raw.mjs', [join(folder, 'raw.sqlite'), TOKEN, String(clients)])
  const [port] = (await once(child, 'message')) as [number]
  return { port, token: TOKEN, stop: () => end(child) }
}

const PYTHON = '/usr/bin/python3'

/** Null where Debian's python3-django, python3-djangorestframework and gunicorn are not installed. */
export async function startDjango(folder: string, clients: number): Promise<Peer | null> {
  const env = { ...process.env, DJANGO_PEER_DB: join(folder, 'django.sqlite'), DJANGO_PEER_TOKEN: TOKEN }
  try {
    execFileSync(PYTHON, ['-c', 'import django, rest_framework, gunicorn'], { stdio: 'ignore' })
  } catch {
    return null
  }
  execFileSync(PYTHON, [resolve('bench/partners/django_peer.py'), 'fill', String(clients)], { env, stdio: 'inherit' })
  const port = await freePort()
  const flags = ['-w', '2', '-b', `127.0.0.1:${port}`, '--keep-alive', '60', '-k', 'gthread', '--threads', '1', '--log-level', 'error']
  const child = spawn(PYTHON, ['-m', 'gunicorn', ...flags, 'django_peer:application'], {
    env,
    cwd: resolve('bench/partners'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => null)) return { port, token: TOKEN, stop: () => end(child) }
    await setTimeout(100)
  }
  await end(child)
  throw new Error('gunicorn did not start')
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** What the process that `startHims` begins does. */
export async function serve(folder: string, clients: number, log: boolean): Promise<void> {
  const origin = 'http://127.0.0.1:3000'
  const config = readConfig({ DATA_DIR: join(folder, log ? 'hims' : 'hims-no-log'), ORIGIN: origin })
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  const { clientId, clientSecret } = await services.applications.create(
    { name: 'Bench', scopes: ['clients.read'], programs: 'all' },
    { accountId: null },
  )
  await database.write(async (sql) => {
    // The limit on requests is off for it.
    await sql.run('UPDATE "Application" SET "requestsPerMinute" = 1000000000')
    await takeNumbers(sql, clients, [])
    for (let index = 0; index < 3; index += 1)
      await sql.run(
        `INSERT INTO "Program" (id, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted, name, category, active) VALUES (?, 1, 1, 'a', 1, 'a', 0, ?, 'other', 1)`,
        `P-${index}`,
        `Program ${index}`,
      )
    for (let index = 0; index < clients; index += 1) {
      await sql.run(
        `INSERT INTO "Client" (id, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted, "givenName", "familyName", sex, email, address, "bornOn", "bornOnEstimated", "facilityId")
         VALUES (?, ?, 1, 'a', 2, 'a', 0, 'Neema', ?, 'female', ?, '12 Hill Rd', '1990-05-05', 0, 'main')`,
        idOf(index),
        index + 1,
        `Otieno ${index}`,
        `n${index}@example.org`,
      )
      await sql.run(
        `INSERT INTO "Enrollment" (id, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted, "clientId", "programId", episode, status, "enrolledOn", "facilityId")
         VALUES (?, ?, 1, 'a', 2, 'a', 0, ?, ?, 1, 'active', '2024-01-01', 'main')`,
        `${idOf(index)}.P-${index % 3}.1`,
        index + 1,
        idOf(index),
        `P-${index % 3}`,
      )
    }
  })
  const served = log ? database : { ...database, write: () => Promise.resolve() as never }
  const { http } = createServer({ config, database: served, now: Date.now }, services, createLogger('warn'))
  http.listen(0, '127.0.0.1', async () => {
    const { port } = http.address() as AddressInfo
    const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret })
    const answer = await fetch(`http://127.0.0.1:${port}/api/auth/token/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
    process.send?.({ port, token: ((await answer.json()) as { access_token: string }).access_token })
  })
  process.on('SIGTERM', () => process.exit(0))
  if (!existsSync(config.dataDir)) throw new Error('the folder is gone')
}
