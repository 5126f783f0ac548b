import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** Longer than any build: on a slow machine the native module alone takes minutes. */
const STALE_MS = 20 * 60_000

/**
 * Runs `work` while no other process of this checkout does. The lock is a folder, because making one either works or
 * fails; it is taken over when its owner is gone or has had it for 20 minutes (a number can be another process's).
 */
export async function alone(folder, work) {
  while (!take(folder)) {
    if (isStale(folder)) release(folder)
    else await setTimeout(200)
  }
  try {
    return await work()
  } finally {
    release(folder)
  }
}

function release(folder) {
  rmSync(folder, { recursive: true, force: true })
}

function take(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return true
}

function isStale(folder) {
  try {
    const age = Date.now() - statSync(folder).mtimeMs
    return age > STALE_MS || (age > 2_000 && !isAlive(ownerOf(folder)))
  } catch {
    return false
  }
}

function ownerOf(folder) {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
