/** An answer of the partner API before it is sent, and what the audit log keeps of it. */
export interface Reply {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** The application that asked, when that is known. */
  applicationId?: string | undefined
  /** The client that was asked for, when there is one. */
  subject?: string | undefined
  /** Clients that the answer tells of, where it was not one that was asked for: each has a row of their own. */
  told?: readonly string[] | undefined
  /** Instead of a body: texts that are sent one after the other, once the log has its row. */
  stream?: AsyncIterable<string> | undefined
}

/** Makes an answer that says why there is no other. */
export type Failure = (status: number, detail: string, headers?: Reply['headers']) => Reply

export const NO_STORE = { 'Cache-Control': 'no-store' }

export function json(status: number, value: unknown, headers: Reply['headers'] = NO_STORE): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  413: 'Content Too Large',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** RFC 9457 */
export function problem(status: number, detail: string, headers: Reply['headers'] = {}): Reply {
  const body = JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail })
  return { status, headers: { 'Content-Type': 'application/problem+json', ...NO_STORE, ...headers }, body }
}
