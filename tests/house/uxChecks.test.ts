import { readFileSync } from 'node:fs'
import papaparse from 'papaparse'
import { expect, test } from 'vitest'
import { isThere } from './proofs.ts'

interface Check {
  check: string
  what: string
  status: 'held' | 'planned'
  /** `file | words` of a test when it is held, else what is planned. */
  proof: string
}

/** To be emptied: a check that leaves `planned` leaves this list, and none may enter it. */
const STILL_PLANNED: string[] = []

const rows = papaparse.parse<Check>(readFileSync('docs/ux-checks.csv', 'utf8').trim(), { header: true }).data

test('docs/ux-checks.csv has the 30 checks in their order', () => {
  expect(rows.map(({ check }) => check)).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 1)))
})

test('each check that is held names a test that exists', () => {
  expect(rows.filter(({ status, proof }) => status === 'held' && !isThere(proof)).map(({ check, proof }) => `${check}: ${proof}`)).toEqual(
    [],
  )
})

test('what is only planned says what is planned, and is no more than is known', () => {
  const planned = rows.filter(({ status }) => status !== 'held')
  expect(planned.map(({ check }) => check)).toEqual(STILL_PLANNED)
  expect(planned.filter(({ status, proof }) => status !== 'planned' || proof.length < 10)).toEqual([])
})
