import type { ActionFunctionArgs } from '@remix-run/node'
import { requestMeta } from './requestMeta.ts'

/** Who does something on a page, for the audit log. @param route as the log names it */
export function actorOf(args: ActionFunctionArgs, route: string) {
  return { accountId: args.context.account?.id ?? null, ...requestMeta(args, route) }
}
