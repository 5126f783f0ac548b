import type { ClientFields } from '#domain/clients/client.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'

/** What both kinds of file become: one person, taken whole or not at all. */

export interface Place {
  file: string
  /** The line of a CSV or NDJSON file; for a bundle the number of the entry. */
  line: number
}

export type ImportedFields = Partial<Omit<ClientFields, 'mergedInto'>>

type Days = Pick<EnrollmentFields, 'status' | 'enrolledOn' | 'endedOn'>

/** Of an illness: its program is the one of the category. */
export interface ImportedEnrollment extends Days {
  category: 'hiv' | 'tuberculosis'
}

/** One that says which program it is in; made anew where there is none of this code. */
export interface ImportedEpisode extends Days {
  program: { id: string; name: string }
  /** Which of the client's in this program, where the file says it: ours, come back or from another installation. */
  episode: number | null
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
  episodes: ImportedEpisode[]
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
