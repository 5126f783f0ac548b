import type { Dependencies } from '#server/services.ts'
import type { AuditRow, StoredEvent } from './log.ts'

/** The names of today; the log itself holds none. */
export async function withNames(prisma: Dependencies['database']['prisma'], events: readonly StoredEvent[]): Promise<AuditRow[]> {
  const where = { where: { id: { in: ids(events.flatMap(({ actorId, applicationId, subject }) => [actorId, applicationId, subject])) } } }
  const select = { select: { id: true, name: true } }
  const [accounts, applications, facilities] = await Promise.all([
    prisma.account.findMany({ ...where, ...select }),
    prisma.application.findMany({ ...where, ...select }),
    prisma.facility.findMany({ ...where, ...select }),
  ])
  const names = new Map([...accounts, ...applications, ...facilities].map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  return events.map((event) => ({
    ...event,
    actorName: nameOf(event.actorId),
    applicationName: nameOf(event.applicationId),
    subjectName: nameOf(event.subject),
  }))
}

function ids(given: (string | null)[]): string[] {
  return [...new Set(given.filter((id) => id !== null))]
}
