import Papa from 'papaparse'
import { SEXES } from '#domain/clients/client.ts'
import { MEASURES, type Report } from '#domain/statistics/measures.ts'

/** The words of the headings; the values stay as they are, so that any program can read them. */
export interface CsvWords {
  of: (id: string) => string
}

/** All figures of a report, one a line: what it is about, which row, which measure, and the value. With the mark that makes spreadsheets read UTF-8. */
export function reportCsv({ total, programs, months, ages, visits, issues, quality, clients }: Report, { of }: CsvWords): string {
  const rows = [
    { table: 'total', row: '', measure: 'clients', value: clients as number | null },
    ...MEASURES.map(({ id }) => ({ table: 'total', row: '', measure: id, value: total[id as keyof typeof total] })),
    ...Object.entries({ ...visits, ...issues, ...quality }).map(([measure, value]) => ({ table: 'total', row: '', measure, value })),
    ...programs.flatMap(({ programId, values }) =>
      Object.entries(values).map(([measure, value]) => ({ table: 'program', row: programId, measure, value })),
    ),
    ...months.flatMap(({ month, ...values }) =>
      Object.entries(values).map(([measure, value]) => ({ table: 'month', row: month, measure, value })),
    ),
    ...ages.flatMap(({ band, bySex }) =>
      SEXES.map((sex, index) => ({ table: 'age', row: band, measure: sex as string, value: bySex[index] ?? 0 })),
    ),
  ]
  const lines = rows.map(({ table, row, measure, value }) => [table, row, measure, of(measure), value === null ? '' : rounded(value)])
  const text = Papa.unparse([['table', 'row', 'measure', 'words', 'value'], ...lines], { escapeFormulae: true, newline: '\r\n' })
  return `\uFEFF${text}\r\n`
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
