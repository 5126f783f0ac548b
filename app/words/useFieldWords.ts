import { useTranslation } from 'react-i18next'
import { formatDay } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { SEXES, SHARE_REASONS } from '#domain/clients/client.ts'
import { ENROLLMENT_STATUSES, VISIT_OUTCOMES } from '#domain/enrollments/enrollment.ts'
import { sharesOf } from '#domain/facilities/place.ts'
import { PROGRAM_CATEGORIES } from '#domain/programs/program.ts'
import { isPlainDate, type Scalar } from '#domain/scalars.ts'
import { useRecordNames } from './useRecordNames.ts'

const NAMES = {
  givenName: 'clients.givenName',
  middleName: 'clients.middleName',
  familyName: 'clients.familyName',
  sex: 'clients.sexLabel',
  bornOn: 'clients.bornOn',
  bornOnEstimated: 'clients.bornOnEstimated',
  phone: 'fields.phone',
  email: 'fields.email',
  address: 'fields.address',
  nationalId: 'clients.nationalId',
  notes: 'fields.notes',
  shareWithPartners: 'clients.share',
  facilityId: 'fields.facility',
  mergedInto: 'clients.joinedInto',
  sharedWith: 'sharing.with',
  sharedFor: 'sharing.reason',
  clientId: 'enrollments.client',
  programId: 'enrollments.program',
  episode: 'enrollments.episodeNumber',
  status: 'fields.status',
  enrolledOn: 'enrollments.enrolledOn',
  endedOn: 'enrollments.endedOn',
  reason: 'enrollments.reason',
  nextVisitOn: 'visits.nextVisitOn',
  visitOutcome: 'visits.outcome',
  visitOn: 'visits.visitOn',
  name: 'fields.name',
  category: 'programs.category',
  description: 'programs.description',
  plannedDays: 'programs.plannedDays',
  active: 'programs.takesEnrollments',
  deleted: 'fields.removed',
} as const

/** Names and values of the fields of clients, enrollments and programs as people say them. */
export function useFieldWords() {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const { clientName, programName } = useRecordNames()
  const nameOf = (field: string): string => (field in NAMES ? t(NAMES[field as keyof typeof NAMES]) : field)
  const wordsOf = (field: string, value: Scalar): string => {
    if (value === null || value === '') return t('fields.nothing')
    if (typeof value === 'boolean') return t(value ? 'fields.yes' : 'fields.no')
    const text = String(value)
    const sex = SEXES.find((name) => field === 'sex' && name === text)
    const status = ENROLLMENT_STATUSES.find((name) => field === 'status' && name === text)
    const visit = VISIT_OUTCOMES.find((name) => field === 'visitOutcome' && name === text)
    const shared = SHARE_REASONS.find((name) => field === 'sharedFor' && name === text)
    const category = PROGRAM_CATEGORIES.find((name) => field === 'category' && name === text)
    if (sex !== undefined) return t(`clients.sex.${sex}`)
    if (status !== undefined) return t(`enrollments.status.${status}`)
    if (visit !== undefined) return t(`visits.outcomes.${visit}`)
    if (category !== undefined) return t(`programs.categories.${category}`)
    if (shared !== undefined) return t(`sharing.reasons.${shared}`)
    const facilityName = (id: string) => tablet.record('facilities', id)?.record.name ?? id
    if (field === 'facilityId') return facilityName(text)
    if (field === 'sharedWith') return sharesOf({ facilityId: '', sharedWith: text }).map(facilityName).join(', ')
    if (field === 'clientId' || field === 'mergedInto') return clientName(text)
    if (field === 'programId') return programName(text)
    return isPlainDate(text) ? formatDay(text, i18n.language) : text
  }
  return { nameOf, wordsOf }
}
