import type { LocalRecord } from '#app/data/tablet.ts'

export type ClientMark = 'unsent' | 'attention'

interface Sources {
  clients: readonly LocalRecord<'clients'>[]
  enrollments: readonly LocalRecord<'enrollments'>[]
  issues: readonly LocalRecord<'issues'>[]
}

/** Who has something unsent, or an open question, also about an enrollment. A question outweighs. */
export function clientMarks({ clients, enrollments, issues }: Sources): ReadonlyMap<string, ClientMark> {
  const marks = new Map<string, ClientMark>()
  for (const { record, state } of clients) if (state === 'unsent') marks.set(record.id, 'unsent')
  for (const { record, state } of enrollments) if (state === 'unsent') marks.set(record.clientId, 'unsent')
  // A number that was taken is no question about the person who has it.
  for (const { record } of issues)
    if (record.state === 'open' && record.reason !== 'id-taken') marks.set(clientOf(record.recordId), 'attention')
  return marks
}

/** An enrollment's id begins with its client's. */
function clientOf(recordId: string): string {
  return recordId.split('.')[0] ?? recordId
}
