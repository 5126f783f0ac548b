import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { arrival } from '#app/features/accounts/arrival.ts'
import { cookiesOf } from '#app/features/accounts/cookies.ts'
import { refusedEntry } from '#app/features/accounts/refusedEntry.ts'
import { SecondStepForm } from '#app/features/accounts/SecondStepForm.tsx'
import { SignInForm } from '#app/features/accounts/SignInForm.tsx'
import { readCodeEntry, readSignIn } from '#app/features/accounts/signInEntry.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'

export function loader({ context, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  if (context.account !== null) throw redirect(arrival(context.account, searchParams.get('next')))
  return { reset: searchParams.get('reset') === 'done' }
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData()
  return form.has('step') ? secondStep(args, form) : firstStep(args, form)
}

async function firstStep(args: ActionFunctionArgs, form: FormData) {
  const { credentials, mistakes, email } = readSignIn(form)
  if (credentials === null) return data({ kind: 'password' as const, email, mistakes, wait: undefined }, { status: 400 })
  try {
    const entered = await args.context.services.accounts.signIn(credentials, requestMeta(args, '/sign-in'))
    if (entered.kind === 'code') return data({ kind: 'code' as const, step: entered.step, mistakes: {}, wait: undefined })
    return letIn(args, entered)
  } catch (error) {
    const { entry, init } = refusedEntry(error, 'password', {}, 401)
    return data({ kind: 'password' as const, email, wait: undefined, ...entry }, init)
  }
}

async function secondStep(args: ActionFunctionArgs, form: FormData) {
  const { step, code } = readCodeEntry(form)
  if (code === '')
    return data({ kind: 'code' as const, step, mistakes: { code: 'code-needed' as const }, wait: undefined }, { status: 400 })
  try {
    return letIn(args, await args.context.services.accounts.signInWithCode(step, code, requestMeta(args, '/sign-in')))
  } catch (error) {
    const { entry, init } = refusedEntry(error, 'code', {}, 401)
    if (entry.mistakes.code !== 'expired') return data({ kind: 'code' as const, step, wait: undefined, ...entry }, init)
    return data({ kind: 'password' as const, email: '', mistakes: { password: 'sign-in-expired' as const }, wait: undefined }, init)
  }
}

type Entered = Parameters<typeof cookiesOf>[0] & { account: Parameters<typeof arrival>[0] }

function letIn({ request }: ActionFunctionArgs, entered: Entered) {
  // In the same document: the page still knows the password, which opens the tablet.
  return redirect(arrival(entered.account, new URL(request.url).searchParams.get('next')), { headers: cookiesOf(entered) })
}

export { retryAfter as headers } from '#app/features/accounts/retryAfter.ts'

export default function SignIn() {
  const { reset } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer?.kind === 'code') return <SecondStepForm step={answer.step} mistakes={answer.mistakes} wait={answer.wait} />
  return <SignInForm mistakes={answer?.mistakes} email={answer?.email} wait={answer?.wait} reset={reset && answer === undefined} />
}
