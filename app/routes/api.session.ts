import type { LoaderFunctionArgs } from '@remix-run/node'

/** Who is signed in, for a tablet that comes back. 200 also when nobody is: that is an answer, not an error. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  const answer = await context.services.accounts.sessionAnswer(context.account)
  return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
}
