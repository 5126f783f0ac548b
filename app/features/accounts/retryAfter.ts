import type { HeadersFunction } from '@remix-run/node'

/** When to come again, of an action whose tries are counted. Remix hands on no header of an action by itself, but for cookies. */
export const retryAfter: HeadersFunction = ({ actionHeaders }) => {
  const seconds = actionHeaders.get('Retry-After')
  return new Headers(seconds === null ? [] : [['Retry-After', seconds]])
}
