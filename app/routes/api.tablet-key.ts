import type { ActionFunctionArgs } from '@remix-run/node'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { tabletKeyRequest } from '#domain/accounts/tabletKey.ts'
import type { ProblemCode } from '#domain/problem.ts'

/** The key of this tablet's data: brought up when it was made, given back after a sign-in with a new password. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const account = permitted(args, 'field.use')
  const asked = tabletKeyRequest.safeParse(Object.fromEntries(await args.request.formData()))
  if (!asked.success) return problem('invalid')
  const { accounts } = args.context.services
  const meta = requestMeta(args, '/api/tablet-key')
  try {
    if (asked.data.ask === 'keep') {
      await accounts.keepTabletKey(account.id, asked.data, meta)
      return answer({})
    }
    const cookies = args.request.headers.get('cookie') ?? ''
    return answer({ key: await accounts.giveTabletKey(account.id, asked.data.keyId, cookies, meta) })
  } catch (error) {
    return problem(refused(error).code)
  }
}

const STATUS: Partial<Record<ProblemCode, number>> = { invalid: 400, 'not-permitted': 403, 'not-found': 404, expired: 403 }

function problem(code: ProblemCode): Response {
  return answer({ code }, STATUS[code] ?? 503)
}

function answer(body: object, status = 200): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
}
