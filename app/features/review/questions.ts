import type { OutboxItem } from '#app/data/tablet.ts'
import type { CollectionName, RecordOf } from '#domain/collections.ts'
import { isCollectionName } from '#domain/collections.ts'
import type { IssueFields } from '#domain/sync/issue.ts'
import { type RefusedChange, refusedIn, refusedItem } from './refused.ts'

type Issue = RecordOf<'issues'>

/** An open question as this tablet knows it: an issue, or a change of its own that was refused and whose issue has not come down. */
export interface Question {
  id: string
  kind: IssueFields['kind']
  issue: Issue | null
  collection: CollectionName
  recordId: string
  reason: string | null
  actorId: string | null
  /** UTC ms: when the server asked, or when the change was written. */
  at: number
  refused: RefusedChange | null
}

/** Newest first. @param own the account at this tablet */
export function questionsOf(issues: readonly Issue[], outbox: readonly OutboxItem[], own: string): Question[] {
  const known = new Set(issues.map(({ id }) => id))
  const settled = new Set(outbox.filter(({ collection, op }) => collection === 'issues' && op === 'edit').map(({ recordId }) => recordId))
  // Under a number that was taken: the tablet says it again by itself (rule O8), and must not be answered for.
  const solving = new Set(outbox.filter(({ reason }) => reason === 'id-taken').map(({ changeId }) => rejectionId(changeId)))
  const unheard = outbox.filter(
    ({ state, changeId, collection }) =>
      state === 'rejected' &&
      collection !== 'issues' &&
      !known.has(rejectionId(changeId)) &&
      !settled.has(rejectionId(changeId)) &&
      !solving.has(rejectionId(changeId)),
  )
  const open = issues.filter(({ id, state }) => state === 'open' && !solving.has(id))
  return [...open.map(questionOf), ...unheard.map((item) => unheardQuestion(item, own))].sort((a, b) => b.at - a.at)
}

/** The server names the issue of a rejection after its change. */
export function rejectionId(changeId: string): string {
  return `rejected.${changeId}`
}

export function questionOf(issue: Issue): Question {
  const { id, kind, collection, recordId, reason, actorId, createdAt } = issue
  return {
    id,
    kind,
    issue,
    collection: isCollectionName(collection) ? collection : 'clients',
    recordId,
    reason,
    actorId,
    at: createdAt,
    refused: kind === 'rejected' || kind === 'parked' ? refusedIn(issue) : null,
  }
}

function unheardQuestion(item: OutboxItem, own: string): Question {
  const { changeId, collection, recordId, reason, at } = item
  return {
    id: rejectionId(changeId),
    kind: 'rejected',
    issue: null,
    collection,
    recordId,
    reason,
    actorId: own,
    at,
    refused: refusedItem(item),
  }
}

/** Those about a client, its enrollments included, whose ids begin with the client's; a possible duplicate names both clients. */
export function concernsClient({ id, recordId, collection, reason }: Question, clientId: string): boolean {
  // The number belongs to somebody else, who has nothing to do with it.
  if (collection === 'programs' || reason === 'id-taken') return false
  return recordId === clientId || recordId.startsWith(`${clientId}.`) || (id.startsWith('duplicate.') && id.split('.').includes(clientId))
}
