import { readFileSync } from 'node:fs'
import papaparse from 'papaparse'
import { describe, expect, test } from 'vitest'
import { isThere } from './proofs.ts'

interface Requirement {
  id: string
  level: string
  requirement: string
  status: 'met' | 'not met' | 'not applicable'
  where: string
  /** `file | words`: a test and its title, or for documentation the page and what it says. */
  test: string
}

/** OWASP ASVS 5.0.0, counted in its own list. */
const COUNTS = { '1': 70, '2': 183 }

const rows = papaparse.parse<Requirement>(readFileSync('docs/asvs.csv', 'utf8').trim(), { header: true }).data

describe('docs/asvs.csv', () => {
  test('has every requirement of levels 1 and 2 once', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    for (const [level, count] of Object.entries(COUNTS)) expect(rows.filter((row) => row.level === level).length, level).toBe(count)
  })

  test('says of each whether it is met, and where or why', () => {
    for (const { id, status, where, test: proof, requirement } of rows) {
      expect(['met', 'not met', 'not applicable'], id).toContain(status)
      expect(requirement.length, id).toBeGreaterThan(4)
      if (status === 'met') expect(proof, id).toMatch(/ \| /)
      else expect(where.length, id).toBeGreaterThan(3)
    }
  })

  test('names a test that exists for each that is met', () => {
    expect(
      rows.filter(({ status, test: proof }) => status === 'met' && !isThere(proof)).map(({ id, test: proof }) => `${id}: ${proof}`),
    ).toEqual([])
    for (const wrong of [
      '',
      'tests/no/such.test.ts | x',
      'tests/house/asvs.test.ts | no such title at all',
      'tests/house/asvs.test.ts | import',
    ])
      expect(isThere(wrong), wrong).toBe(false)
  })

  test('keeps the one requirement that offline work cannot meet, with its reason', () => {
    const [row] = rows.filter(({ id }) => id === '14.3.3')
    expect(row).toMatchObject({ status: 'not met', where: expect.stringContaining('offline work needs it') })
  })
})
