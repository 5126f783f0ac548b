// npm run cluster -- 3: so many nodes of the server on this machine, on one database of PostgreSQL, behind a small balancer.
// SIGHUP starts the nodes anew, one after the other. For trying it out, and for the tests; production has a proxy
// and a supervisor for this (docs/operations.md).
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startBalancer } from './balancer.mjs'
import { freePort, startOwnPostgresql } from './postgresql.mjs'
import { prepare } from './prepare.mjs'

const DRAIN_SECONDS = '1'
const say = (line) => process.stdout.write(`${line}\n`)

await prepare()
if (existsSync('.env')) process.loadEnvFile('.env')
const count = Number(process.argv[2] ?? 3)
if (!Number.isInteger(count) || count < 1 || count > 16) {
  process.stderr.write('Say how many nodes: npm run cluster -- 3\n')
  process.exit(1)
}
const dataDir = resolve(process.env.DATA_DIR ?? 'data')
const port = Number(process.env.PORT ?? 3000)
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
const own = process.env.DATABASE_URL ? null : await startOwnPostgresql(join(dataDir, 'postgresql'))
const settings = {
  ...process.env,
  NODE_ENV: process.env.NODE_ENV ?? 'production',
  DATA_DIR: dataDir,
  DATABASE_URL: process.env.DATABASE_URL ?? own.url,
  SECRET: process.env.SECRET ?? ownSecret(join(dataDir, 'secret')),
  ORIGIN: process.env.ORIGIN ?? `http://localhost:${port}`,
  HOST: '127.0.0.1',
  TRUST_PROXY: '127.0.0.1',
  DRAIN_SECONDS,
}
const ports = await Promise.all(Array.from({ length: count }, freePort))
const balancer = startBalancer(ports)
const nodes = new Map()
let stopping = false
/** From then on a node that starts says so itself: its link is the newest. */
let isReady = false
// Each node that starts makes a new set-up link as long as nobody has an account: the last one's is the one that is good.
for (const [others, each] of ports.slice(1).entries()) {
  startNode(each)
  await balancer.untilReady(others + 1)
}
startNode(ports[0], true)
await balancer.untilReady(count)
isReady = true
balancer.server.listen(port, '127.0.0.1', () =>
  say(`\n${count} nodes are ready behind http://localhost:${port} (SIGHUP starts them anew, one by one)`),
)
process.on('SIGHUP', () => void startAnew())
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop())

/** One of them says what everybody should know; of the others what goes wrong. */
function startNode(each, saysAll = isReady) {
  const child = spawn(process.execPath, ['build/server-app/index.js'], {
    env: { ...settings, PORT: String(each) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.on('data', (text) => saysAll && process.stdout.write(text))
  nodes.set(each, child)
  // One that dies is started again, as a supervisor would.
  child.once('exit', (code) => {
    if (stopping || nodes.get(each) !== child) return
    say(`The node at ${each} ended with ${code}: it is started again.`)
    setTimeout(() => stopping || startNode(each), 500)
  })
}

/** Each one drains, ends, and is back before the next one goes. */
async function startAnew() {
  for (const each of ports) {
    const child = nodes.get(each)
    nodes.set(each, undefined)
    await ended(child, 'SIGTERM')
    startNode(each)
    await balancer.untilReady(count)
    say(`The node at ${each} is back.`)
  }
  say('All nodes were started anew.')
}

async function stop() {
  if (stopping) return
  stopping = true
  await Promise.all([...nodes.values()].map((child) => ended(child, 'SIGTERM')))
  balancer.close()
  await own?.stop()
  process.exit(0)
}

function ended(child, signal) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolveEnd) => {
    child.once('exit', resolveEnd)
    child.kill(signal)
  })
}

function ownSecret(file) {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
