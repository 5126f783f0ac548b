import { type ActionFunctionArgs, redirect, redirectDocument } from '@remix-run/node'
import { requestMeta } from '#app/features/gate/requestMeta.ts'

/** Leaving is a form, never a link: a page elsewhere could make a browser follow a link. */
export const loader = () => redirect('/')

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args
  const cookie = await context.services.accounts.signOut(request.headers.get('cookie') ?? '', requestMeta(args, '/sign-out'))
  return redirectDocument('/sign-in', { headers: { 'Set-Cookie': cookie } })
}
