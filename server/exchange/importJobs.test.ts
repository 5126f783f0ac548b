import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartProblem } from '#server/config.ts'
import { type Clinic, openClinic } from './exchange.fixture.ts'
import { readArguments } from './importArguments.ts'
import { runImport } from './importCommand.ts'
import { createImportJobs, type ImportJobs, type ImportSettings } from './importJobs.ts'
import { NotRead, type RunImport } from './importProcess.ts'
import { progressLines } from './progress.ts'

let clinic: Clinic
let jobs: ImportJobs
let now = Date.now()

/** The import itself, in this process; tests/e2e runs it in one of its own. */
const here: RunImport = (args, onReached) => {
  const options = readArguments(['--json', '--progress', ...args])
  const progress = progressLines(100, (line) => onReached(JSON.parse(line).reached), Date.now)
  const result = runImport(clinic.services, clinic.config, options, progress, () => undefined).catch((error) => {
    throw error instanceof StartProblem ? new NotRead(error.message) : error
  })
  return { result, stop: () => undefined }
}

beforeEach(async () => {
  clinic = await openClinic()
  now = Date.now()
  jobs = open()
})
afterEach(() => clinic.close())

const open = (run: RunImport = here) => createImportJobs({ config: clinic.config, database: clinic.services.database, now: () => now }, run)

const NONE: ImportSettings = { facilityId: null, system: null, columns: {} }
const PEOPLE = 'Jina,Kijiji,Siku\nAmina Odhiambo,Siaya,1990-03-04\nJuma Otieno,Kisumu,1985-01-02\n,Nowhere,1985-01-02\n'
const MEANT: ImportSettings['columns'] = { Kijiji: 'suburb', Siku: 'bornOn' }

async function* bytes(content: string) {
  yield new TextEncoder().encode(content)
}

async function upload(content = PEOPLE, most = 1_000): Promise<string> {
  const receiving = await jobs.receive('admin', most)
  await receiving.take({ name: '../people 0.csv', data: bytes(content) })
  return receiving.keep()
}

const people = () => clinic.rows<{ n: number }>('SELECT count(*) AS n FROM "Client"').then(([row]) => row?.n)

async function check(id: string, settings = { ...NONE, columns: MEANT }) {
  await jobs.check(id, 'admin', settings)
  await jobs.settled()
  return jobs.get(id)
}

test('a file is looked at, tried and taken over; the trial keeps nothing, and the file goes when its people are here', async () => {
  const id = await upload()
  expect(await jobs.get(id)).toMatchObject({ state: 'uploaded', files: ['1-people 0.csv'], by: 'admin' })
  const sample = await jobs.sample(id)
  expect(sample).toMatchObject({
    columns: [
      { header: 'Jina', meaning: 'fullName', values: ['Amina Odhiambo', 'Juma Otieno'] },
      { header: 'Kijiji', meaning: null },
      { header: 'Siku', meaning: null },
    ],
    people: [{ name: 'Amina Odhiambo', bornOn: null }, { name: 'Juma Otieno' }],
    rejected: [{ line: 4 }],
  })
  const checked = await check(id)
  expect(checked).toMatchObject({ state: 'checked', summary: { people: 3, created: 2, rejected: 1 }, lineCount: 1 })
  expect(checked?.lines).toMatchObject([{ kind: 'rejected', place: { file: '1-people 0.csv', line: 4 } }])
  expect(await people()).toBe(0)
  expect(await jobs.sample(id)).toMatchObject({ people: [{ bornOn: '1990-03-04' }, {}] })

  await jobs.take(id, 'admin')
  await jobs.settled()
  expect(await jobs.get(id)).toMatchObject({ state: 'taken', summary: { created: 2 } })
  expect(await clinic.rows(`SELECT "familyName", "bornOn", address FROM "Client" ORDER BY "familyName"`)).toEqual([
    { familyName: 'Odhiambo', bornOn: '1990-03-04', address: 'Siaya' },
    { familyName: 'Otieno', bornOn: '1985-01-02', address: 'Kisumu' },
  ])
  expect(await clinic.rows(`SELECT "actorId" FROM "AuditEvent" WHERE action = 'exchange.import'`)).toEqual([{ actorId: 'admin' }])
  expect(existsSync(join(clinic.config.dataDir, 'imports', id, 'files'))).toBe(false)
  await expect(jobs.take(id, 'admin')).rejects.toMatchObject({ problem: { code: 'already-used' } })
})

test('nothing is taken over that was not tried, and one import runs at a time', async () => {
  const [id, other] = [await upload(), await upload()]
  await expect(jobs.take(id, 'admin')).rejects.toMatchObject({ problem: { code: 'invalid' } })
  const begun = await Promise.allSettled([jobs.check(id, 'admin', NONE), jobs.check(other, 'admin', NONE)])
  expect(begun.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(begun.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { problem: { code: 'busy' } } })
  const underWay = begun[0].status === 'fulfilled' ? id : other
  await expect(jobs.remove(underWay)).rejects.toMatchObject({ problem: { code: 'busy' } })
  await jobs.settled()
  await jobs.remove(underWay)
  expect(await jobs.list()).toHaveLength(1)
})

test('a file that is none fails in words that do not say where the server keeps it', async () => {
  const id = await upload('a,b\n1,2\n')
  const sample = await jobs.sample(id)
  expect(sample).toMatchObject({ failure: expect.stringMatching(/^The file 1-people 0\.csv has no column for a name/) })
  const checked = await check(id, NONE)
  expect(checked).toMatchObject({ state: 'failed', failure: expect.stringMatching(/^The file 1-people 0\.csv has no column/) })
  expect(await check(id, { ...NONE, columns: { a: 'fullName' } })).toMatchObject({ state: 'checked', summary: { created: 1 } })
})

test('what the end of the server interrupted goes on when it was tried; a trial begins anew', async () => {
  const id = await upload()
  await check(id)
  const never: RunImport = () => ({ result: new Promise(() => undefined), stop: () => undefined })
  await open(never).take(id, 'admin')
  expect(await jobs.get(id)).toMatchObject({ state: 'stopped', summary: { created: 2 } })
  await jobs.take(id, 'admin')
  await jobs.settled()
  expect(await jobs.get(id)).toMatchObject({ state: 'taken' })
  expect(await people()).toBe(2)

  const second = await upload()
  await open(never).check(second, 'admin', NONE)
  expect(await jobs.get(second)).toMatchObject({ state: 'uploaded' })
  await expect(jobs.take(second, 'admin')).rejects.toMatchObject({ problem: { code: 'invalid' } })
})

test('who is stopped keeps what was taken over, and can go on', async () => {
  const id = await upload()
  await check(id)
  let stop: () => void = () => undefined
  const slow = open(() => ({
    result: new Promise((_, reject) => {
      stop = () => reject(new NotRead('ended', true))
    }),
    stop: () => stop(),
  }))
  await slow.take(id, 'admin')
  expect(await slow.get(id)).toMatchObject({ state: 'taking' })
  await slow.stop(id)
  expect(await slow.get(id)).toMatchObject({ state: 'stopped' })
})

test('too much, or nothing, leaves nothing behind; and files of long ago go by themselves', async () => {
  const tooMuch = await jobs.receive('admin', PEOPLE.length + 5)
  await tooMuch.take({ name: 'a.csv', data: bytes(PEOPLE) })
  await expect(tooMuch.take({ name: 'b.csv', data: bytes(PEOPLE) })).rejects.toMatchObject({ problem: { code: 'too-large' } })
  await tooMuch.drop()
  const nothing = await jobs.receive('admin', 100)
  await expect(nothing.keep()).rejects.toMatchObject({ problem: { code: 'invalid' } })
  expect(readdirSync(join(clinic.config.dataDir, 'imports'))).toEqual([])
  const id = await upload()
  now += 8 * 86_400_000
  await upload()
  expect(existsSync(join(clinic.config.dataDir, 'imports', id, 'files'))).toBe(false)
  expect(await jobs.sample(id)).toMatchObject({ failure: expect.stringContaining('cannot be read') })
  now += 90 * 86_400_000
  await upload()
  expect(await jobs.get(id)).toBeNull()
})

test.each(['..', '../../x', '', 'x'.repeat(200)])('an id that is none is nobody’s: %s', async (id) => {
  expect(await jobs.get(id)).toBeNull()
  await expect(jobs.check(id, 'admin', NONE)).rejects.toMatchObject({ problem: { code: 'not-found' } })
})
