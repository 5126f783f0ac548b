import { z } from 'zod'
import { line } from '../scalars.ts'

/** A place of care, and the scope of what a tablet holds. FHIR R4 Location. */
export const facilityFields = z.strictObject({
  name: line(120),
  /** The health ministry's code, where there is one. */
  code: line(40).nullable(),
})

export type FacilityFields = z.infer<typeof facilityFields>
