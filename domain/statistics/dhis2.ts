import { z } from 'zod'
import type { MonthFigures, Report } from './measures.ts'

/**
 * Figures of a month for DHIS2 (dataValueSets, https://docs.dhis2.org/en/develop/using-the-api/dhis-core-version-master/data.html).
 * Which of our figures is which of theirs says a file of the operator's.
 */

/** How DHIS2 names things. */
const uid = z.string().regex(/^[A-Za-z][A-Za-z0-9]{10}$/, { error: 'a DHIS2 id has a letter and ten letters or figures' })

/** What moved in the month. Others are as of today, and no month's that is over. */
const MONTHLY = ['registered', 'begun', 'completed', 'droppedOut'] as const satisfies readonly (keyof MonthFigures)[]
const OF_TODAY = ['active', 'overdue'] as const

export const dhis2Mapping = z.strictObject({
  dataSet: uid.optional(),
  /** By the id of our facility. */
  orgUnits: z.record(z.string().min(1).max(40), uid),
  values: z
    .array(
      z.strictObject({
        measure: z.enum([...MONTHLY, ...OF_TODAY]),
        /** Without one: of all programs. */
        program: z.string().min(1).max(20).optional(),
        dataElement: uid,
        categoryOptionCombo: uid.optional(),
      }),
    )
    .min(1),
})
export type Dhis2Mapping = z.infer<typeof dhis2Mapping>

export interface DataValueSet {
  dataSet?: string
  dataValues: { dataElement: string; period: string; orgUnit: string; categoryOptionCombo?: string; value: string }[]
}

export interface Dhis2Parts {
  mapping: Dhis2Mapping
  /** 'YYYY-MM' */
  month: string
  /** 'YYYY-MM-DD' */
  today: string
  /** Of one facility and one program, or of all programs, for that month alone. */
  reportOf: (facility: string, program: string | null) => Report
}

export function dataValueSet({ mapping, month, today, reportOf }: Dhis2Parts): DataValueSet {
  const isThisMonth = month === today.slice(0, 7)
  const dataValues = Object.entries(mapping.orgUnits).flatMap(([facility, orgUnit]) =>
    mapping.values.flatMap(({ measure, program = null, ...theirs }) => {
      const value = figureOf(measure, reportOf(facility, program), isThisMonth)
      return value === null ? [] : [{ ...theirs, period: month.replace('-', ''), orgUnit, value: String(value) }]
    }),
  )
  return { ...(mapping.dataSet && { dataSet: mapping.dataSet }), dataValues }
}

function figureOf(measure: Dhis2Mapping['values'][number]['measure'], report: Report, isThisMonth: boolean): number | null {
  const monthly = MONTHLY.find((name) => name === measure)
  if (monthly !== undefined) return report.months[0]?.[monthly] ?? 0
  if (!isThisMonth) return null
  return measure === 'overdue' ? report.visits.overdue : report.total.active
}
