import { expect, it } from 'vitest'
import { emptyProgram, readProgram, type TypedProgram } from './programEntry.ts'

const read = (typed: Partial<TypedProgram>) =>
  readProgram({ ...emptyProgram, code: 'HIV-001', name: 'HIV Care', ...typed }, { active: true, taken: new Set(['TB-001']) })

it('takes the code in capitals, trims, and leaves out what is empty', () => {
  expect(read({ code: ' hiv-001 ', name: '  HIV   Care ', category: 'hiv', plannedDays: '180' })).toEqual({
    code: 'HIV-001',
    values: { name: 'HIV Care', category: 'hiv', description: null, plannedDays: 180, active: true },
    mistakes: null,
  })
})

it.each<[Partial<TypedProgram>, Record<string, string>]>([
  [{ code: '' }, { code: 'program-code' }],
  [{ code: 'HIV 1' }, { code: 'program-code' }],
  [{ code: '-HIV' }, { code: 'program-code' }],
  [{ code: 'tb-001' }, { code: 'program-code-taken' }],
  [{ name: ' ' }, { name: 'name-needed' }],
  [{ plannedDays: '0' }, { plannedDays: 'planned-days' }],
  [{ plannedDays: '1.5' }, { plannedDays: 'planned-days' }],
  [{ plannedDays: 'six' }, { plannedDays: 'planned-days' }],
  [{ description: 'x'.repeat(2_001) }, { description: 'text-long' }],
])('says what is wrong with %j', (typed, mistakes) => {
  expect(read(typed).mistakes).toEqual(mistakes)
})
