import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { EntryForm } from '#app/features/accounts/EntryForm.tsx'
import { enter, lookAtLink } from '#app/features/accounts/entry.ts'
import { LinkProblem } from '#app/features/accounts/LinkProblem.tsx'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { Checkbox } from '#app/ui/Checkbox.tsx'

export const loader = (args: LoaderFunctionArgs) => lookAtLink(args, 'setup', requestMeta(args, '/setup/:token'))
export const action = (args: ActionFunctionArgs) => enter(args, 'setup', requestMeta(args, '/setup/:token'))

export default function SetUp() {
  const { t } = useTranslation()
  const shown = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer !== undefined && 'problem' in answer) return <LinkProblem problem={answer.problem} />
  if ('problem' in shown) return <LinkProblem problem={shown.problem} />
  return (
    <EntryForm
      title={t('accounts.setup.title')}
      lead={t('accounts.setup.lead')}
      submit={t('accounts.setup.submit')}
      mistakes={answer?.mistakes}
      typed={answer?.typed}
      fixedEmail={null}
    >
      <Checkbox name="alsoDoctor" value="yes" defaultSelected={answer?.typed.alsoDoctor ?? true} hint={t('accounts.setup.alsoDoctorHint')}>
        {t('accounts.setup.alsoDoctor')}
      </Checkbox>
    </EntryForm>
  )
}
