import { expect, it } from 'vitest'
import { readEnd, readStart } from './enrollmentEntry.ts'

const TODAY = '2026-03-15'
const end = (typed: Partial<Parameters<typeof readEnd>[0]>) =>
  readEnd({ status: 'completed', endedOn: TODAY, reason: '', ...typed }, '2026-01-10', TODAY)

it('takes how it ended, when and why', () => {
  expect(end({ reason: ' moved away ', status: 'transferred' })).toEqual({
    values: { status: 'transferred', endedOn: TODAY, reason: 'moved away' },
  })
})

it('asks no date of what was entered in error', () => {
  expect(end({ status: 'entered-in-error', endedOn: '' })).toEqual({ values: { status: 'entered-in-error', endedOn: null, reason: null } })
})

it.each([
  [{ status: '' }, { outcome: 'outcome-needed' }],
  [{ endedOn: '' }, { endedOn: 'date-needed' }],
  [{ endedOn: '2026-03-16' }, { endedOn: 'date-future' }],
  [{ endedOn: '2026-01-09' }, { endedOn: 'date-before-start' }],
  [{ reason: 'x'.repeat(1_001) }, { reason: 'text-long' }],
])('refuses an end of %j', (typed, mistakes) => {
  expect(end(typed)).toEqual({ mistakes })
})

it.each([
  [TODAY, null, null],
  ['2026-03-16', null, 'date-future'],
  ['1999-01-01', '2000-01-01', 'date-before-birth'],
  ['', null, 'date-needed'],
])('judges a start on %s of somebody born on %s', (day, bornOn, word) => {
  expect(readStart(day, TODAY, bornOn)).toBe(word)
})
