import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Guard } from '#domain/sync/guards.ts'
import { readConfig } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { ensureFirstFacility } from './facilities.ts'
import { createRecords } from './records.ts'
import { clientChange, NOON } from './sync.fixture.ts'

let folder: string
let database: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-guards-'))
  database = await openDatabase(readConfig({ DATA_DIR: folder }).databaseUrl)
  await database.write((sql) => ensureFirstFacility(sql, { at: NOON, actorId: 'test' }))
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const recordsWithout = (...guards: Guard[]) =>
  createRecords({ config: readConfig({ DATA_DIR: folder }), database, now: () => NOON, without: new Set(guards) })
const count = async (table: string) => (await database.read.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))?.n
const author = (accountId: string) => ({ accountId, deviceId: `device-${accountId}`, facilities: ['main'] })

describe('a safeguard that a test has switched off does what it is there to prevent', () => {
  test('P1: without `repeat` a change is applied twice', async () => {
    const records = recordsWithout('repeat')
    const change = clientChange('device-amina', 'amina', 1)
    for (let time = 0; time < 3; time += 1) await records.push(author('amina'), [change])
    expect(await count('Push')).toBe(3)
  })
  test('P2: without `number-gap` numbers are taken in any order', async () => {
    const { results } = await recordsWithout('number-gap').push(author('amina'), [clientChange('device-amina', 'amina', 5)])
    expect(results).toMatchObject([{ outcome: 'applied' }])
  })
  test('M4 M5: without `merge` the later to arrive stands, and nobody hears of the other', async () => {
    const records = recordsWithout('merge')
    const made = clientChange('device-amina', 'amina', 1)
    const edit = (who: string, n: number, to: string) => {
      const fields = { givenName: { from: 'Neema', to } }
      return clientChange(`device-${who}`, who, n, { recordId: made.recordId, op: 'edit', base: 2, fields })
    }
    await records.push(author('amina'), [made, edit('amina', 2, 'Asha')])
    await records.push(author('juma'), [edit('juma', 1, 'Zuhura')])
    expect(await database.read.get('SELECT "givenName" FROM "Client"')).toEqual({ givenName: 'Zuhura' })
    expect(await count('Issue')).toBe(0)
  })
})
