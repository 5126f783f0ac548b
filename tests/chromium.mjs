import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium to test with: the one of CHROMIUM, of this machine, of Playwright, or one that is installed now. */
export function findChromium() {
  const found = process.env.CHROMIUM ?? onPath() ?? ofPlaywright()
  if (found && existsSync(found)) return found
  process.stdout.write('No Chromium was found: installing one.\n')
  const install = [() => run(process.execPath, [playwrightCli(), 'install', 'chromium']), installFromDebian]
  for (const attempt of install) {
    attempt()
    const installed = onPath() ?? ofPlaywright()
    if (installed) return installed
  }
  throw new Error('No Chromium: install one (for example "apt-get install chromium") or set CHROMIUM to its path.')
}

function onPath() {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return undefined
}

function ofPlaywright() {
  const { chromium } = createRequire(import.meta.url)('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function playwrightCli() {
  return createRequire(import.meta.url).resolve('@playwright/test/cli')
}

function installFromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0) return
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
}

function run(command, args) {
  try {
    execFileSync(command, args, { stdio: 'inherit', timeout: 600_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  } catch (error) {
    process.stdout.write(`${command} ${args.join(' ')} did not work: ${error.message}\n`)
  }
}
