import type { ClientFields } from '#domain/clients/client.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'

/** What both kinds of file become: one person, taken whole or not at all. */

export interface Place {
  file: string
  /** The line of a CSV or NDJSON file; for a bundle the number of the entry. */
  line: number
}

export type ImportedFields = Partial<Omit<ClientFields, 'mergedInto'>>

export interface ImportedEnrollment extends Pick<EnrollmentFields, 'status' | 'enrolledOn' | 'endedOn'> {
  category: 'hiv' | 'tuberculosis'
}

export interface Person {
  kind: 'person'
  place: Place
  /** The kind of file and the system of its identifiers; never the file's name. */
  source: string
  externalId: string
  /** The file names our own client. */
  clientNumber: string | null
  fields: ImportedFields
  enrollments: ImportedEnrollment[]
  /** SHA-256 of all that was read of the person. */
  contentHash: string
  warnings: string[]
}

export interface RejectedRow {
  kind: 'rejected'
  place: Place
  reason: string
}

/** Something about the file and not about one of its people. */
export interface FileNote {
  kind: 'note'
  file: string
  note: string
}

export type Read = Person | RejectedRow | FileNote
