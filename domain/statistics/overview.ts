import { daysOfWeek, mondayOf } from '../calendar.ts'
import { EVERYWHERE } from '../collections.ts'

/** Counts of people below this are not told to those who may not see people: who knows one of them would know more. */
export const FEWEST = 5

/** Null: fewer than `FEWEST`, none among them. */
export type Figure = number | null

/** The figures of the dashboard page. Counts only, never a person. */
export interface Overview {
  /** UTC ms */
  asOf: number
  clients: Figure
  programsActive: number
  /** Registrations since Monday, in the installation's time zone. */
  registeredThisWeek: Figure
  /** Active enrollments of all programs; `isMore`: besides those of programs with fewer than `FEWEST`. */
  enrolledNow: { count: number; isMore: boolean }
  /** Enrollments that are active now, by program, largest first. */
  enrollments: { programId: string; name: string; active: Figure; ever: Figure }[]
}

/** @param counters rows of the Counter table, @param today 'YYYY-MM-DD' in the installation's time zone */
export function overview(
  counters: Iterable<readonly [string, number]>,
  programs: readonly { id: string; name: string }[],
  today: string,
  asOf: number,
): Overview {
  const week = new Set(daysOfWeek(mondayOf(today)))
  const figures = { clients: 0, programsActive: 0, registeredThisWeek: 0 }
  const active = new Map<string, number>()
  const ever = new Map<string, number>()
  for (const [counter, value] of counters) {
    const [name, room = '', first = '', second = ''] = counter.split('|')
    if (name === 'clients') figures.clients += value
    if (name === 'registered' && week.has(room)) figures.registeredThisWeek += value
    if (name === 'programs' && room === EVERYWHERE && first === 'active') figures.programsActive += value
    if (name === 'enrollments' && second === 'active') active.set(first, (active.get(first) ?? 0) + value)
    if (name === 'enrollments' && second !== 'entered-in-error') ever.set(first, (ever.get(first) ?? 0) + value)
  }
  const enrollments = programs.map(({ id, name }) => ({ programId: id, name, active: active.get(id) ?? 0, ever: ever.get(id) ?? 0 }))
  const count = enrollments.reduce((sum, program) => sum + program.active, 0)
  return { asOf, ...figures, enrolledNow: { count, isMore: false }, enrollments: enrollments.sort(largestFirst) }
}

/**
 * The same for those who may not see people. A sum of which parts are left out is that of the others: from an exact one,
 * a single small part could be worked out. The order says nothing of those that are left out either.
 */
export function forViewers({ clients, registeredThisWeek, enrollments, ...others }: Overview): Overview {
  const shown = enrollments.map(({ active, ever, ...program }) => ({ ...program, active: enough(active), ever: enough(ever) }))
  const count = shown.reduce((sum, { active }) => sum + (active ?? 0), 0)
  return {
    ...others,
    clients: enough(clients),
    registeredThisWeek: enough(registeredThisWeek),
    enrolledNow: { count, isMore: shown.some(({ active }) => active === null) },
    enrollments: shown.sort(largestFirst),
  }
}

function enough(figure: Figure): Figure {
  return figure === null || figure < FEWEST ? null : figure
}

function largestFirst(a: Overview['enrollments'][number], b: Overview['enrollments'][number]): number {
  return (b.active ?? 0) - (a.active ?? 0) || a.programId.localeCompare(b.programId)
}
