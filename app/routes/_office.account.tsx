import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChangePasswordForm } from '#app/features/accounts/ChangePasswordForm.tsx'
import type { OwnAnswer } from '#app/features/accounts/ownAnswer.ts'
import { changeOwn } from '#app/features/accounts/ownEntry.ts'
import { ProfileForm } from '#app/features/accounts/ProfileForm.tsx'
import { SecondFactor } from '#app/features/accounts/SecondFactor.tsx'
import { SessionsTable } from '#app/features/accounts/SessionsTable.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { DeviceSettings } from '#app/features/preferences/DeviceSettings.tsx'
import { LanguageSwitch } from '#app/features/shell/LanguageSwitch.tsx'
import { refreshAccount } from '#app/session/account.ts'
import { closeUnderNewPassword } from '#app/session/passwordChange.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const account = permitted(args, 'account.own')
  const { services, config } = args.context
  const cookie = args.request.headers.get('cookie') ?? undefined
  const [sessions, factor] = await Promise.all([services.accounts.sessionsOf(account, cookie), services.accounts.factorState(account.id)])
  return { account, sessions, factor, timeZone: config.timeZone }
}

export async function action(args: ActionFunctionArgs) {
  const account = permitted(args, 'account.own')
  const form = await args.request.formData()
  return changeOwn({ accounts: args.context.services.accounts, account, form, meta: requestMeta(args, '/account') })
}

const DONE = {
  renamed: 'accounts.own.nameSaved',
  'password-changed': 'accounts.own.passwordChanged',
  'session-ended': 'accounts.own.ended',
  'others-ended': 'accounts.own.othersEnded',
  'factor-ended': 'accounts.factor.ended',
} as const

export { retryAfter as headers } from '#app/features/accounts/retryAfter.ts'

export default function OwnAccount() {
  const { t } = useTranslation()
  const { account, sessions, factor, timeZone } = useLoaderData<typeof loader>()
  const answer: OwnAnswer | undefined = useActionData<typeof action>()
  // Said once this tablet's key is under the new password too: whoever reads it may go at once.
  const [closed, setClosed] = useState<OwnAnswer>()
  const done = answer?.done === 'password-changed' && closed !== answer ? undefined : answer?.done
  useEffect(() => {
    // What this device keeps for its offline starts holds the name too.
    if (answer?.done === 'renamed') void refreshAccount()
    if (answer?.done === 'password-changed') void closeUnderNewPassword(account.id).finally(() => setClosed(answer))
  }, [answer, account.id])
  const of = (part: OwnAnswer['part']) => ({
    mistakes: answer?.part === part ? answer.mistakes : undefined,
    wait: answer?.part === part ? answer.wait : undefined,
  })
  return (
    <>
      <PageHeader title={t('accounts.own.title')}>{t('accounts.own.lead', { email: account.email })}</PageHeader>
      <div role="status">{done !== undefined && <Banner tone="good" title={t(DONE[done])} />}</div>
      <ProfileForm key={account.name} name={account.name} mistakes={of('profile').mistakes} />
      <ChangePasswordForm email={account.email} secondFactor={factor.on} {...of('password')} />
      <SecondFactor state={factor} begun={answer?.begun ?? null} codes={answer?.codes ?? null} {...of('factor')} />
      <section id="device" className="flex flex-col gap-3">
        <h2 className="text-xl font-bold">{t('preferences.title')}</h2>
        <DeviceSettings languages={<LanguageSwitch />} />
      </section>
      <SessionsTable sessions={sessions} timeZone={timeZone} />
    </>
  )
}
