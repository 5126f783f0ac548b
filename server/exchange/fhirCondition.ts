import { dayOf } from '#domain/calendar.ts'
import { isPlainDate } from '#domain/scalars.ts'
import { type Concept, type Condition, codesOf } from './fhirShapes.ts'
import type { ImportedEnrollment } from './person.ts'

/** What a Condition means for the programs: an enrollment, a warning, or nothing. */

type Category = ImportedEnrollment['category']

const DISEASES: readonly { category: Category; snomed: readonly string[]; icd10: RegExp; words: RegExp }[] = [
  {
    category: 'hiv',
    snomed: ['86406008', '62479008'],
    icd10: /^B2[0-4](\.|$)/,
    words: /\b(hiv|human immunodeficiency virus|aids|acquired immune deficiency)\b/i,
  },
  { category: 'tuberculosis', snomed: ['56717001'], icd10: /^A1[5-9](\.|$)/, words: /\b(tb|tuberculosis)\b/i },
]

/** Words that speak of the disease in somebody who does not have it. */
const NOT_ILL =
  /\b(history|exposure|exposed|contact|screen\w*|suspect\w*|risk|negative|latent|prophyla\w*|vaccin\w*|worried|fear|test\w*|prevention)\b/i

export function diseaseOf({ code }: Condition): Category | null {
  const codes = codesOf(code)
  const byCode = DISEASES.find(({ snomed, icd10 }) => codes.some((one) => snomed.includes(one) || icd10.test(one)))
  const byWords = DISEASES.find(({ words }) => displays(code).some((text) => words.test(text) && !NOT_ILL.test(text)))
  return (byCode ?? byWords)?.category ?? null
}

function displays(code: Concept): string[] {
  return [code?.text, ...(code?.coding ?? []).map(({ display }) => display)].filter((text) => text !== undefined)
}

const NOT_CONFIRMED = ['refuted', 'unconfirmed', 'provisional', 'differential']
const OVER = ['resolved', 'inactive', 'remission']

export type Read = { enrollment: ImportedEnrollment } | { warning: string } | null

/** @param today 'YYYY-MM-DD' in `timeZone`, which instants are turned into days of */
export function readCondition(condition: Condition, category: Category, today: string, timeZone: string): Read {
  const verification = codesOf(condition.verificationStatus)
  if (verification.some((code) => NOT_CONFIRMED.includes(code))) return null
  const day = (text: string | undefined) => readDay(text, today, timeZone)
  const recorded = day(condition.recordedDate)
  const enrolledOn = day(condition.onsetDateTime) ?? day(condition.onsetPeriod?.start) ?? recorded
  if (enrolledOn === null) return { warning: `a condition (${category}) has no date: it was not enrolled` }
  const over = codesOf(condition.clinicalStatus).some((code) => OVER.includes(code))
  const ended = day(condition.abatementDateTime) ?? day(condition.abatementPeriod?.end) ?? (over ? (recorded ?? enrolledOn) : null)
  const endedOn = ended !== null && ended < enrolledOn ? enrolledOn : ended
  if (verification.includes('entered-in-error')) return { enrollment: { category, status: 'entered-in-error', enrolledOn, endedOn } }
  return { enrollment: { category, status: endedOn === null ? 'active' : 'completed', enrolledOn, endedOn } }
}

/** The day of a FHIR date or instant; a year or month alone is its first day. Null for none and for one to come. */
export function readDay(text: string | undefined, today: string, timeZone: string): string | null {
  if (text === undefined) return null
  const [date = ''] = text.split('T')
  const padded = date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date
  const at = text.includes('T') ? Date.parse(text) : Number.NaN
  const day = Number.isNaN(at) ? padded : dayOf(at, timeZone)
  return isPlainDate(day) && day <= today ? day : null
}

/** Records of one illness are one enrollment; a new illness after the end of the last is a new one. */
export function episodes(enrollments: readonly ImportedEnrollment[]): ImportedEnrollment[] {
  const sorted = [...enrollments].sort((a, b) => a.enrolledOn.localeCompare(b.enrolledOn))
  const kept: ImportedEnrollment[] = []
  for (const next of sorted) {
    const last = kept.findLast(({ category }) => category === next.category)
    const goesOn = last && last.status !== 'entered-in-error' && (last.endedOn === null || next.enrolledOn <= last.endedOn)
    if (!goesOn) kept.push({ ...next })
    else if (next.status === 'active' && last.status === 'completed') Object.assign(last, { status: 'active', endedOn: null })
    else if (last.endedOn !== null && next.endedOn !== null && next.endedOn > last.endedOn) last.endedOn = next.endedOn
  }
  return kept
}
