import { z } from 'zod'
import { line, paragraph } from '../scalars.ts'

/** The id of a program is its code, fixed once made: `HIV-001`. */
export const programCode = z.string().regex(/^[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?$/)

export const PROGRAM_CATEGORIES = ['hiv', 'tuberculosis', 'malaria', 'maternal', 'immunization', 'nutrition', 'other'] as const

/** A course of care that clients are enrolled in. FHIR R4 PlanDefinition. */
export const programFields = z.strictObject({
  name: line(120),
  description: paragraph(2_000).nullable(),
  category: z.enum(PROGRAM_CATEGORIES),
  /** Planned length in days; null when it has no end. */
  plannedDays: z.number().int().min(1).max(36_500).nullable(),
  /** An inactive program keeps its history and takes no new enrollments. */
  active: z.boolean(),
})

export type ProgramFields = z.infer<typeof programFields>
