import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ResetPasswordForm } from '#app/features/accounts/ResetPasswordForm.tsx'
import { tooMany } from '#app/features/accounts/refusedEntry.ts'
import { resetPassword } from '#app/features/accounts/resetEntry.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'

/** For a link that came by mail, or from the server's own command. A look uses nothing up. */
export async function loader(args: LoaderFunctionArgs) {
  try {
    return data({ view: await args.context.services.accounts.resetView(args.params.token ?? '', requestMeta(args, '/reset/:token')) })
  } catch (error) {
    const problem = refused(error)
    if (problem.code === 'too-many') throw tooMany(problem)
    const dead = problem.code === 'expired' || problem.code === 'already-used' ? problem.code : ('not-found' as const)
    return data({ dead }, { status: dead === 'not-found' ? 404 : 410 })
  }
}

export const action = (args: ActionFunctionArgs) => resetPassword(args, args.params.token ?? '', requestMeta(args, '/reset/:token'))

export { retryAfter as headers } from '#app/features/accounts/retryAfter.ts'

export default function ResetByLink() {
  const { t } = useTranslation()
  const shown = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if ('dead' in shown)
    return (
      <>
        <h1 className="text-2xl font-bold">{t('accounts.link.title')}</h1>
        <Banner tone="warn">{t(`accounts.reset.dead.${shown.dead}`)}</Banner>
        <LinkButton to="/forgot" kind="secondary">
          {t('accounts.forgot.submit')}
        </LinkButton>
      </>
    )
  return <ResetPasswordForm view={shown.view} mistakes={answer?.mistakes} wait={answer?.wait} code={undefined} />
}
