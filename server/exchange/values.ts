import { clientFields, SEXES } from '#domain/clients/client.ts'
import { readBirthDate } from './dates.ts'
import type { ImportedFields } from './person.ts'

/** Text values by the name of our field, as the file has them. */
export type RawValues = Partial<Record<TextField | 'sex' | 'bornOn' | 'bornOnEstimated' | 'shareWithPartners', string>>

const TEXT_FIELDS = ['givenName', 'middleName', 'familyName', 'phone', 'email', 'nationalId', 'address', 'notes', 'facilityId'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

const WORDS: Record<TextField | 'bornOn' | 'sex', string> = {
  givenName: 'given name',
  middleName: 'middle name',
  familyName: 'family name',
  phone: 'phone',
  email: 'e-mail',
  nationalId: 'national id',
  address: 'address',
  notes: 'notes',
  facilityId: 'facility',
  bornOn: 'birth date',
  sex: 'sex',
}

export interface Fitted {
  fields: ImportedFields
  /** Without the values, which are the person's own business. */
  warnings: string[]
  ambiguousDate: boolean
}

/**
 * Values as the schema wants them. What does not fit is left out with a warning, and its original text goes to the
 * notes: nothing that was in the file is lost, and nobody is refused for it.
 * @param kept lines for the notes that the reader of the file already has
 */
export function fitFields(raw: RawValues, today: string, kept: readonly string[] = []): Fitted {
  const fields: Record<string, string | boolean | null> = {}
  const warnings: string[] = []
  const notes = [...kept]
  const misfit = (name: keyof typeof WORDS, original: string, why: string) => {
    warnings.push(`${WORDS[name]} ${why}: the original is in the notes`)
    notes.push(`Imported ${WORDS[name]}: ${original}`)
  }
  for (const name of TEXT_FIELDS) {
    if (name === 'notes' || raw[name] === undefined) continue
    const text = tidy(raw[name])
    fields[name] = text === '' ? null : fitText(name, text)
    if (fields[name] !== (text || null)) misfit(name, text, fields[name] === null ? 'is not one' : 'is too long')
  }
  let ambiguousDate = false
  if (raw.bornOn !== undefined) {
    const text = tidy(raw.bornOn)
    const { day, estimated, ambiguous } = readBirthDate(text, today)
    Object.assign(fields, { bornOn: day, bornOnEstimated: day !== null && (estimated || saysYes(raw.bornOnEstimated)) })
    if (day === null && text !== '') misfit('bornOn', text, 'is impossible or not readable')
    ambiguousDate = ambiguous
  }
  if (raw.sex !== undefined) {
    const sex = readSex(raw.sex)
    fields.sex = sex ?? 'unknown'
    if (sex === null) misfit('sex', tidy(raw.sex), 'is not known here')
  }
  // Only a clear no takes from partners what they may read now, and nothing but a no of the client's is ever meant by it.
  if (raw.shareWithPartners !== undefined && saysNo(raw.shareWithPartners)) fields.shareWithPartners = false
  const text = [cleanText(raw.notes ?? ''), ...notes].filter((line) => line !== '').join('\n')
  if (raw.notes !== undefined || text !== '') fields.notes = text === '' ? null : text.slice(0, 10_000)
  return { fields: fields as ImportedFields, warnings, ambiguousDate }
}

/** Names and addresses are cut to what fits; a part of a phone number would be a wrong one. */
function fitText(name: TextField, text: string): string | null {
  const schema = clientFields.shape[name]
  if (schema.safeParse(text).success) return text
  const shorter = text.slice(0, name === 'address' ? 500 : 100).trim()
  return /Name$|address/.test(name) && schema.safeParse(shorter).success ? shorter : null
}

const SEX_WORDS: Record<(typeof SEXES)[number], readonly string[]> = {
  female: ['f', 'female', 'woman', 'girl', 'ke', 'mke', 'mwanamke', 'femme', 'féminin', '2'],
  male: ['m', 'male', 'man', 'boy', 'me', 'mme', 'mwanamume', 'homme', 'masculin', '1'],
  other: ['o', 'other', 'x'],
  unknown: ['', 'u', 'unknown', 'n/a', 'not known', '0', '9'],
}

function readSex(text: string): (typeof SEXES)[number] | null {
  const word = tidy(text).toLowerCase()
  return SEXES.find((sex) => SEX_WORDS[sex].includes(word)) ?? null
}

function saysYes(text: string | undefined): boolean {
  return ['true', '1', 'yes'].includes(tidy(text ?? '').toLowerCase())
}

function saysNo(text: string): boolean {
  return ['false', '0', 'no'].includes(tidy(text).toLowerCase())
}

/** One line: control characters and runs of space are one space. */
export function tidy(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

function cleanText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ').trim()
}
