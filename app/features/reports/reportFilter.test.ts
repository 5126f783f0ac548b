import { expect, test } from 'vitest'
import { readReportFilter, reportQuery } from './reportFilter.ts'

const read = (query: string) => readReportFilter(new URLSearchParams(query), '2026-05-06')

test('twelve months unless others are asked for, and either end may come first', () => {
  expect(read('')).toEqual({ facility: null, program: null, from: '2025-06', to: '2026-05' })
  expect(read('to=2025-03')).toMatchObject({ from: '2024-04', to: '2025-03' })
  expect(read('from=2026-03&to=2025-03')).toMatchObject({ from: '2025-03', to: '2026-03' })
})

test('what nobody could mean counts as not asked for, and a filter has its address', () => {
  expect(read('from=2026-13&to=9999-01&facility=&program=%00'.replace('%00', 'x'.repeat(21)))).toEqual(read(''))
  const filter = read('facility=north&program=TB-001&from=2026-01&to=2026-02')
  expect(read(reportQuery(filter).slice(1))).toEqual(filter)
})
