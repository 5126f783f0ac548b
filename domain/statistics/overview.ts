import { daysOfWeek, mondayOf } from '../calendar.ts'
import { EVERYWHERE } from '../collections.ts'

/** The figures of the dashboard page. Counts only, never a person. */
export interface Overview {
  /** UTC ms */
  asOf: number
  clients: number
  programsActive: number
  /** Registrations since Monday, in the installation's time zone. */
  registeredThisWeek: number
  /** Enrollments that are active now, by program, largest first. */
  enrollments: { programId: string; name: string; active: number; ever: number }[]
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
    const [name, room, first = '', second = ''] = counter.split('|')
    if (name === 'clients') figures.clients += value
    if (name === 'registered' && week.has(first)) figures.registeredThisWeek += value
    if (name === 'programs' && room === EVERYWHERE && first === 'active') figures.programsActive += value
    if (name === 'enrollments' && second === 'active') active.set(first, (active.get(first) ?? 0) + value)
    if (name === 'enrollments' && second !== 'entered-in-error') ever.set(first, (ever.get(first) ?? 0) + value)
  }
  const enrollments = programs
    .map(({ id, name }) => ({ programId: id, name, active: active.get(id) ?? 0, ever: ever.get(id) ?? 0 }))
    .sort((a, b) => b.active - a.active || a.programId.localeCompare(b.programId))
  return { asOf, ...figures, enrollments }
}
