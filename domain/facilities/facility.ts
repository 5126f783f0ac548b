import { z } from 'zod'
import { line } from '../scalars.ts'

/** A place of care, and the scope of what a tablet holds. FHIR R4 Location. */
export const facilityFields = z.strictObject({
  name: line(120),
  /** The health ministry's code, where there is one. */
  code: line(40).nullable(),
  /** Whose phone numbers are written without a country's code here. ISO 3166-1 alpha-2; null: no country is assumed. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
})

export type FacilityFields = z.infer<typeof facilityFields>
