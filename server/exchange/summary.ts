import type { Place } from './person.ts'

/** What an import did, in figures; the same for people and for `--json`. */
export interface Summary {
  people: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  enrolled: number
  /** Rows that met a later edit of somebody else: both values are in the review list. */
  conflicts: number
  /** Pairs that may be one person. */
  possibleDuplicates: number
  warnings: number
}

export type Line = { kind: 'rejected' | 'warning'; place: Place; text: string } | { kind: 'note'; file: string; text: string }

export function emptySummary(): Summary {
  return { people: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, enrolled: 0, conflicts: 0, possibleDuplicates: 0, warnings: 0 }
}

export function lineText(line: Line): string {
  if (line.kind === 'note') return `${line.file}: ${line.text}`
  const { file, line: number } = line.place
  return `${file}:${number}: ${line.kind === 'rejected' ? 'not taken over, ' : ''}${line.text}`
}

export function summaryText(summary: Summary): string {
  const parts = [
    `${summary.people} people read: ${summary.created} new, ${summary.updated} changed, ${summary.unchanged} unchanged, ${summary.rejected} not taken over.`,
    `${summary.enrolled} enrollments made. ${summary.warnings} warnings.`,
  ]
  if (summary.conflicts > 0) parts.push(`${summary.conflicts} met a later edit of somebody else: both values are in the review list.`)
  if (summary.possibleDuplicates > 0)
    parts.push(`${summary.possibleDuplicates} pairs may be one person: they are in the review list, nobody was joined.`)
  return parts.join('\n')
}
