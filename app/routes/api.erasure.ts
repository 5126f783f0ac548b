import type { ActionFunctionArgs } from '@remix-run/node'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { erasureWish } from '#domain/clients/erasure.ts'

/** A doctor asks for a client to be erased; an administrator decides (_office.erasure.tsx). */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const account = permitted(args, 'clients.request-erasure')
  const { services } = args.context
  const wish = erasureWish.safeParse(Object.fromEntries(await args.request.formData()))
  if (!wish.success) return answer(400)
  try {
    return answer(200, { answer: await services.erasures.request(account, wish.data, requestMeta(args, '/api/erasure')) })
  } catch (error) {
    refused(error)
    return answer(404)
  }
}

function answer(status: number, body: object = {}): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
}
