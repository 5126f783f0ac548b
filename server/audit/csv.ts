import Papa from 'papaparse'
import type { AuditRow } from './log.ts'

const COLUMNS = [
  'seq',
  'time',
  'deviceTime',
  'action',
  'outcome',
  'actorId',
  'actorName',
  'applicationId',
  'applicationName',
  'deviceId',
  'ip',
  'route',
  'status',
  'subject',
  'subjectName',
  'requestId',
  'previousHash',
  'hash',
] as const

/** With the mark that makes spreadsheets read UTF-8. */
export function csvHead(): string {
  return `\uFEFF${COLUMNS.join(',')}\r\n`
}

/** A cell that a spreadsheet would compute gets an apostrophe: a name may begin with `=`. */
export function csvLines(rows: readonly AuditRow[]): string {
  const cells = rows.map((row) => {
    const values: Record<string, string | number | null> = { ...row, time: timeOf(row.at), deviceTime: timeOf(row.deviceTime) }
    return COLUMNS.map((name) => values[name] ?? '')
  })
  return `${Papa.unparse(cells, { escapeFormulae: true, newline: '\r\n' })}\r\n`
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
