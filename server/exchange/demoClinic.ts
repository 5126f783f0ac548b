import type { EnrollmentStatus } from '#domain/enrollments/enrollment.ts'
import type { ProgramFields } from '#domain/programs/program.ts'

/** The demo clinic's houses and programs. */

export const DEMO_FACILITIES = [
  { id: 'demo-riverside', name: 'Riverside Health Centre', code: 'DEMO-1', country: 'KE' },
  { id: 'demo-hilltop', name: 'Hilltop Dispensary', code: 'DEMO-2', country: 'KE' },
  { id: 'demo-harbour', name: 'Harbour Clinic', code: 'DEMO-3', country: 'KE' },
] as const

export interface DemoProgram extends Omit<ProgramFields, 'active'> {
  id: string
  /** Part of the clients that it takes in. */
  share: number
  /** How an episode ends, and what is written beside it. */
  endings: readonly { status: EnrollmentStatus; weight: number; reason: string | null }[]
}

const CURED = { status: 'completed', weight: 12, reason: 'Course finished' } as const
const AWAY = { status: 'transferred', weight: 3, reason: 'Moved, referred to the clinic nearer home' } as const
const GONE = { status: 'lost', weight: 3, reason: 'Not seen since, not reached by phone' } as const
const LEFT = { status: 'withdrawn', weight: 2, reason: 'Asked to stop' } as const
const DIED = { status: 'died', weight: 1, reason: null } as const
const WRONG = { status: 'entered-in-error', weight: 1, reason: 'Wrong client chosen' } as const

export const DEMO_PROGRAMS: readonly DemoProgram[] = [
  {
    id: 'HIV-001',
    name: 'HIV Care',
    category: 'hiv',
    plannedDays: null,
    description: 'Antiretroviral treatment and follow-up for life.',
    share: 0.32,
    endings: [AWAY, GONE, LEFT, DIED, WRONG],
  },
  {
    id: 'TB-001',
    name: 'Tuberculosis Treatment',
    category: 'tuberculosis',
    plannedDays: 180,
    description: 'Six months of treatment, observed weekly.',
    share: 0.28,
    endings: [CURED, AWAY, GONE, LEFT, DIED, WRONG],
  },
  {
    id: 'MAL-001',
    name: 'Malaria Case Management',
    category: 'malaria',
    plannedDays: 14,
    description: 'Test, treat and see again after two weeks.',
    share: 0.42,
    endings: [CURED, CURED, GONE, LEFT],
  },
  {
    id: 'ANC-001',
    name: 'Antenatal Care (closed pilot)',
    category: 'maternal',
    plannedDays: 250,
    description: 'Closed pilot, kept for its history.',
    share: 0.4,
    endings: [CURED, AWAY, LEFT],
  },
]

/** Takes nobody in any more; its history stays. */
export const CLOSED_PROGRAM = 'ANC-001'
