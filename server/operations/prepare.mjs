// Makes a checkout able to run: packages, then the build, each only when something has changed. Plain JavaScript
// without packages, because in a fresh clone there are none.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { alone } from './lock.mjs'
import { hashOfSources } from './sources.mjs'

const BUILD_STAMP = 'build/.stamp'

const say = (line) => process.stderr.write(`${line}\n`)

export async function prepare() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
  checkNode()
  if (arePackagesReady() && isNativeReady() && isBuilt(hashOfSources())) return
  // Not in build/ or node_modules/: making those begins with removing them.
  mkdirSync('.cache', { recursive: true })
  await alone('.cache/build.lock', async () => {
    // Asked again: while this process waited, another one may have done it.
    if (!arePackagesReady()) installPackages()
    if (!isNativeReady()) compileNative()
    const hash = hashOfSources()
    if (isBuilt(hash)) return
    const { buildAll } = await import('./build.mjs')
    await buildAll(hash, say)
    writeFileSync(BUILD_STAMP, hash)
  })
}

function isBuilt(hash) {
  return readIf(BUILD_STAMP) === hash
}

/** npm writes what it has installed when it has finished; packages of other platforms are missing there. */
function arePackagesReady() {
  const installed = readIf('node_modules/.package-lock.json')
  if (installed === null) return false
  const { packages } = JSON.parse(installed)
  const wanted = Object.entries(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages)
  return wanted.every(
    ([path, { version, optional }]) => path === '' || packages[path]?.version === version || (optional && packages[path] === undefined),
  )
}

/** Tried in another process: a native module fits one version of Node's interface only, and cannot be loaded twice. */
function isNativeReady() {
  try {
    execFileSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function readIf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(`HIMS needs Node 20.19 or newer; this is ${process.version}. Install a newer one from nodejs.org or your system's packages.`)
}

function installPackages() {
  say('Installing packages (npm ci)')
  npm(
    'Packages could not be installed: see the lines above. npm needs its registry, or a filled cache.',
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
  )
}

function compileNative() {
  say('Preparing better-sqlite3; where no ready-made file can be fetched it compiles for 1 to 2 minutes')
  npm(
    'better-sqlite3 could not be compiled: it needs python3, make and g++ (on Debian: apt-get install python3 make g++).',
    'rebuild',
    'better-sqlite3',
  )
}

function npm(advice, ...args) {
  try {
    execFileSync('npm', args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  } catch {
    stop(advice)
  }
}

function stop(sentence) {
  say(sentence)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare()
