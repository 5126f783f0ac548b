import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { EntryForm } from '#app/features/accounts/EntryForm.tsx'
import { enter, lookAtLink } from '#app/features/accounts/entry.ts'
import { LinkProblem } from '#app/features/accounts/LinkProblem.tsx'
import { requestMeta } from '#app/features/gate/requestMeta.ts'

export const loader = (args: LoaderFunctionArgs) => lookAtLink(args, 'invite', requestMeta(args, '/invitation/:token'))
export const action = (args: ActionFunctionArgs) => enter(args, 'invite', requestMeta(args, '/invitation/:token'))

export default function Invitation() {
  const { t, i18n } = useTranslation()
  const shown = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer !== undefined && 'problem' in answer) return <LinkProblem problem={answer.problem} />
  if ('problem' in shown) return <LinkProblem problem={shown.problem} />
  const { email, roles } = shown.view
  const named = new Intl.ListFormat(i18n.language).format(roles.map((role) => t(`accounts.role.${role}`)))
  return (
    <EntryForm
      title={t('accounts.invitation.title')}
      lead={t('accounts.invitation.lead', { roles: named })}
      submit={t('accounts.invitation.submit')}
      mistakes={answer?.mistakes}
      typed={answer?.typed}
      fixedEmail={email}
    />
  )
}
