import { expect, it } from 'vitest'
import type { RecordOf } from '#domain/collections.ts'
import { listPrograms, type StatusFilter } from './listPrograms.ts'

const program = (id: string, name: string, active = true) => ({ id, name, active }) as RecordOf<'programs'>
const programs = [program('TB-001', 'Tuberculosis'), program('ANC-001', 'Antenatal care', false), program('HIV-001', 'HIV Care')]

it.each<[string, StatusFilter, string[]]>([
  ['', 'any', ['HIV-001', 'TB-001', 'ANC-001']],
  ['', 'active', ['HIV-001', 'TB-001']],
  ['', 'inactive', ['ANC-001']],
  ['care', 'any', ['HIV-001', 'ANC-001']],
  ['001 hiv', 'any', ['HIV-001']],
  ['tb-', 'inactive', []],
])('%j among %s ones gives %j', (typed, filter, ids) => {
  expect(listPrograms(programs, typed, filter).map(({ id }) => id)).toEqual(ids)
})
