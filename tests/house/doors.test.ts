import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EVENT_DOORS, PAGE_DOORS, PATH_DOORS, type PageDoor, type Policy } from '#domain/access/doors.ts'
import { BOOT_PATH } from '#domain/fieldPages.ts'
import { EVENTS, SNAPSHOT_PATH, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { partnerRoutes } from '#server/http/partnerRoutes.ts'
import { ANSWERED_EVENTS } from '#server/sync/events.ts'
import { expressPaths, type FunctionSource, routeSource, routeSources } from './sources.ts'

const doors: Record<string, PageDoor> = PAGE_DOORS
const CONSTANTS: Record<string, string> = { BOOT_PATH, SNAPSHOT_PATH, SOCKET_PATH }

describe('the table of doors', () => {
  test('has a row for each route file, and no row without a file', () => {
    const names = routeSources().map(({ name }) => name)
    expect(names.length).toBeGreaterThan(20)
    expect([...names].sort()).toEqual(Object.keys(PAGE_DOORS).sort())
  })

  test('says of each route whether it has a loader and an action, and what they ask for before anything else', () => {
    for (const { name, loader, action } of routeSources()) {
      expect(quarrel(doors[name]?.loader ?? null, loader), `${name}: loader`).toBeNull()
      expect(quarrel(doors[name]?.action ?? null, action), `${name}: action`).toBeNull()
    }
  })

  test('is found wrong where a loader asks for nothing, for something else, or too late', () => {
    const loaderOf = (text: string) => routeSource('x', text).loader
    const row = ['audit.read'] as const
    expect(quarrel(row, loaderOf('export async function loader(args) { return secrets() }'))).not.toBeNull()
    expect(quarrel(row, loaderOf("export const loader = (args) => { secrets(); permitted(args, 'audit.read') }"))).not.toBeNull()
    expect(quarrel(row, loaderOf("export function loader(args) { permitted(args, 'dashboard.view') }"))).not.toBeNull()
    expect(quarrel(row, loaderOf("export { loader } from './other.ts'"))).not.toBeNull()
    expect(quarrel(null, loaderOf('export const loader = () => 1'))).not.toBeNull()
    expect(quarrel(row, loaderOf("export function loader(args) { const a = permitted(args, 'audit.read') }"))).toBeNull()
  })

  test('has a row for each address that Express answers, and none besides', () => {
    const named = expressPaths().map((path) => CONSTANTS[path] ?? path)
    const own = Object.entries(PATH_DOORS).filter(([path, { policy }]) => policy !== 'partner' && !partnerPatterns().has(path))
    // The socket's path is socket.io's, named in the gateway.
    expect(new Set([...named, SOCKET_PATH])).toEqual(new Set(own.map(([path]) => path)))
  })

  test('has a row for each route of the partner API, with its methods', () => {
    for (const { pattern, methods } of partners) expect(PATH_DOORS[pattern as keyof typeof PATH_DOORS]?.methods, pattern).toEqual(methods)
    const rows = Object.keys(PATH_DOORS).filter((path) => /^[/](api|[.]well-known|fhir)[/]/.test(path))
    expect(rows.sort()).toEqual([...partnerPatterns()].sort())
  })

  test('has a row for each socket event, and the server answers those and no others', () => {
    expect(Object.keys(EVENT_DOORS).sort()).toEqual(Object.values(EVENTS).sort())
    const asked = Object.entries(EVENT_DOORS).flatMap(([event, { asks }]) => (asks === 'sent' ? [] : [event]))
    // The figures have no answer of their own: the gateway puts the asker into a room.
    expect([...ANSWERED_EVENTS, EVENTS.statistics].sort()).toEqual(asked.sort())
  })
})

/** @returns null when the source does what its row says */
function quarrel(policy: Policy | null, source: FunctionSource | null): string | null {
  if (policy === null || source === null) return policy === null && source === null ? null : `row ${policy}, source ${source?.text}`
  const { permitted, text } = source
  if (policy === 'account') return /context[.]account [!=]== null|permitted\(/.test(text) ? null : 'does not ask who it is'
  if (typeof policy === 'string') return permitted === null ? null : `is ${policy}, but asks for ${permitted}`
  return permitted !== null && [...permitted].sort().join() === [...policy].sort().join() ? null : `must ask for ${policy} first`
}

const partners = await readPartnerRoutes()
const partnerPatterns = () => new Set(partners.map(({ pattern }) => pattern))

async function readPartnerRoutes() {
  const folder = mkdtempSync(join(tmpdir(), 'hims-doors-'))
  const config = readConfig({ DATA_DIR: folder })
  const database = await openDatabase(config.databaseUrl)
  const routes = partnerRoutes({ config, database, now: Date.now })
  await database.close()
  rmSync(folder, { recursive: true })
  return routes
}
