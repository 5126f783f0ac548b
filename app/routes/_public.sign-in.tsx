import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { arrival } from '#app/features/accounts/arrival.ts'
import { SignInForm } from '#app/features/accounts/SignInForm.tsx'
import { readSignIn } from '#app/features/accounts/signInEntry.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'

export function loader({ context, request }: LoaderFunctionArgs) {
  if (context.account !== null) throw redirect(arrival(context.account, nextOf(request)))
  return null
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args
  const { credentials, mistakes, email } = readSignIn(await request.formData())
  if (credentials === null) return data({ mistakes, email }, { status: 400 })
  try {
    const { account, cookie } = await context.services.accounts.signIn(credentials, requestMeta(args, '/sign-in'))
    // In the same document: the page still knows the password, which opens the tablet.
    return redirect(arrival(account, nextOf(request)), { headers: { 'Set-Cookie': cookie } })
  } catch (error) {
    const { code } = refused(error)
    return data({ mistakes: { password: code }, email }, { status: code === 'busy' ? 503 : 401 })
  }
}

function nextOf(request: Request): string | null {
  return new URL(request.url).searchParams.get('next')
}

export default function SignIn() {
  const answer = useActionData<typeof action>()
  return <SignInForm mistakes={answer?.mistakes} email={answer?.email} />
}
