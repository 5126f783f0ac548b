import type { ActionFunctionArgs } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { ResetPasswordForm } from '#app/features/accounts/ResetPasswordForm.tsx'
import { resetPassword } from '#app/features/accounts/resetEntry.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'

/** For a code that an administrator handed over. */
export const action = (args: ActionFunctionArgs) => resetPassword(args, null, requestMeta(args, '/reset'))

export { retryAfter as headers } from '#app/features/accounts/retryAfter.ts'

export default function ResetByCode() {
  const answer = useActionData<typeof action>()
  return <ResetPasswordForm view={null} mistakes={answer?.mistakes} wait={answer?.wait} code={answer?.code} />
}
