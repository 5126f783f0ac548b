import { collections } from '#domain/collections.ts'
import { refuse } from '#domain/problem.ts'
import type { PartAnswer, PartRequest } from '#domain/sync/asking.ts'
import { duplicateDetail } from '#domain/sync/issue.ts'
import type { Author, Batch } from './batch.ts'
import { enrollmentsOf, issuesAbout, moveIssues } from './follow.ts'
import { closeOpenIssue } from './issues.ts'
import { hangOn, isOfAuthor, write } from './join.ts'
import { placeOf } from './place.ts'
import { joinedInto, survivor } from './survivor.ts'

const { clients, issues } = collections

/**
 * M16: two who were joined are two after all. The client stands for itself again, with whoever was joined into it before; the
 * enrollments that carry their numbers hang on it again, late ones too. What was written of the other since stays there: whom
 * it was about only a person can say.
 * Throws `Refusal`: not-found, invalid (the other one was removed), not-permitted (not a doctor of both facilities).
 */
export async function partClients(batch: Batch, author: Author, { id }: PartRequest): Promise<PartAnswer> {
  const client = (await batch.load(clients, id)) ?? refuse('not-found')
  const other = (await survivor(batch, clients, id)) ?? refuse('not-found')
  for (const one of [client, other]) if (!isOfAuthor(author, one)) refuse('not-permitted', 'a client of another facility')
  if (client.deleted || other.deleted) refuse('invalid', 'a client who was removed')
  if (client.id === other.id) return { id, parted: false }

  const step = write(batch, author, clients, client, { mergedInto: null })
  step.audit = [client.id, other.id].flatMap((subject) =>
    step.audit.map((entry) => ({ ...entry, action: 'client.parted' as const, subject })),
  )
  const own = [client.id, ...(await joinedInto(batch, client.id))]
  const all = await enrollmentsOf(batch, other.id)
  const moving = [...all].filter((enrollment) => own.includes(enrollment.split('.')[0] ?? ''))
  for (const enrollment of all) if (await isAnswered(batch, enrollment, moving)) await closeOpenIssue(batch, step, `open.${enrollment}`)
  await moveIssues(batch, step, await issuesAbout(batch, moving), { from: placeOf(other), to: placeOf(client) })
  for (const enrollment of moving) await hangOn(batch, author, enrollment, client)
  return { id, parted: true }
}

/** Of the two open episodes that a question names, one is somebody else's now. */
async function isAnswered(batch: Batch, enrollment: string, moving: readonly string[]): Promise<boolean> {
  const issue = await batch.load(issues, `open.${enrollment}`)
  if (issue === null) return false
  const { otherId } = duplicateDetail.parse(JSON.parse(String(issue.fields.detail)))
  return moving.includes(enrollment) !== moving.includes(otherId)
}
