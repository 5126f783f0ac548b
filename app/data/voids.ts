import { CHANGE_BYTES, changeSchema, VOID_REASON, type VoidChange } from '#domain/sync/change.ts'
import type { OutboxEntry } from './outbox.ts'

/**
 * A row that cannot be read or sent, as it goes up (rule O6): with the reason, and with its text, so that the server keeps
 * what this tablet may forget.
 * @param refusal what the server said to it; nothing when it never got there
 */
export function voidOf(
  { n, row }: Pick<OutboxEntry, 'n' | 'row'>,
  deviceId: string,
  refusal?: { problem: string; detail?: string },
): VoidChange {
  const said = refusal && [refusal.problem, refusal.detail].filter(Boolean).join(': ')
  const text = textToSend(row.body)
  const reason = (said ?? whyUnreadable(row.body)).slice(0, VOID_REASON)
  return { deviceId, n, changeId: row.changeId, op: 'void', reason, ...(text === '' ? {} : { text }) }
}

/** Bytes that it takes on the way up: text that is damaged can be six times as long when it is written as JSON. */
export function bytesOfVoid({ row }: Pick<OutboxEntry, 'row'>): number {
  return bytesOf(textToSend(row.body))
}

/** At most what one change may hold; half of it again and again while it is too long on the way. */
function textToSend(body: string): string {
  let text = body.slice(0, CHANGE_BYTES)
  while (bytesOf(text) > 2 * CHANGE_BYTES) text = text.slice(0, text.length / 2)
  return text
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length
}

/** Where it stops being a change; never a value of it. */
function whyUnreadable(body: string): string {
  if (body === '') return 'unreadable: the row is empty'
  try {
    const path = changeSchema.safeParse(JSON.parse(body)).error?.issues[0]?.path.join('.')
    return `unreadable: not a change${path ? `, at ${path}` : ''}`
  } catch {
    return 'unreadable: the text is damaged'
  }
}
