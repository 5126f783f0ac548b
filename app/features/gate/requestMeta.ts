import type { LoaderFunctionArgs } from '@remix-run/node'

/** Where a request came from, as the audit log tells it. `route` is the pattern: the address may hold a token. */
export function requestMeta({ context, request }: Pick<LoaderFunctionArgs, 'context' | 'request'>, route: string) {
  const { headers } = request
  return {
    ip: context.ip,
    requestId: context.requestId,
    userAgent: headers.get('user-agent') ?? undefined,
    cookie: headers.get('cookie') ?? undefined,
    route,
  }
}
