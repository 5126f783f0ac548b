import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type Action, may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'

/**
 * Each loader and action of a page for accounts begins with it, because a parent's check does not protect a child.
 * @param actions any of them is enough
 * @throws a redirect to the sign-in, which comes back here, or a 403 that the layout turns into words
 */
export function permitted({ context, request }: Pick<LoaderFunctionArgs, 'context' | 'request'>, ...actions: Action[]): SignedInAccount {
  const { account } = context
  // A script that asks gets an answer; a page leads to the sign-in.
  if (account === null && isForScripts(request)) throw data(null, { status: 401 })
  if (account === null) throw redirect(`/sign-in?next=${encodeURIComponent(addressOf(request))}`)
  if (!actions.some((action) => may(account.roles, action))) throw data(null, { status: 403 })
  return account
}

function addressOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname.replace(/\.data$/, '') + search
}

function isForScripts(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/api/')
}
