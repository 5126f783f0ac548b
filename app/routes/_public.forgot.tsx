import { type ActionFunctionArgs, data } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ForgotForm } from '#app/features/accounts/ForgotForm.tsx'
import { refusedEntry } from '#app/features/accounts/refusedEntry.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { emailAddress } from '#domain/accounts/account.ts'

/** The answer is the same whether the address has an account or not. */
export async function action(args: ActionFunctionArgs) {
  const { accounts } = args.context.services
  const typed = String((await args.request.formData()).get('email') ?? '')
  const email = emailAddress.safeParse(typed)
  if (!email.success)
    return data({ kind: 'refused' as const, email: typed, mistakes: { email: 'email-needed' as const }, wait: undefined }, { status: 400 })
  try {
    await accounts.requestReset(email.data, requestMeta(args, '/forgot'))
    return { kind: 'asked' as const, mails: accounts.mails }
  } catch (error) {
    const { entry, init } = refusedEntry(error, 'email')
    return data({ kind: 'refused' as const, email: typed, wait: undefined, ...entry }, init)
  }
}

export { retryAfter as headers } from '#app/features/accounts/retryAfter.ts'

export default function Forgot() {
  const { t } = useTranslation()
  const answer = useActionData<typeof action>()
  const refused = answer?.kind === 'refused' ? answer : null
  return (
    <>
      <h1 className="text-2xl font-bold">{t('accounts.forgot.title')}</h1>
      {answer?.kind === 'asked' ? (
        <div role="status">
          <Banner tone="good" title={t('accounts.forgot.asked')}>
            <p>{t(answer.mails ? 'accounts.forgot.mailed' : 'accounts.forgot.handed')}</p>
            {answer.mails && <p>{t('accounts.forgot.mailedNot')}</p>}
          </Banner>
        </div>
      ) : (
        <ForgotForm mistakes={refused?.mistakes} wait={refused?.wait} email={refused?.email} />
      )}
      <div className="flex flex-wrap gap-3">
        <LinkButton to="/reset" kind="secondary">
          {t('accounts.forgot.haveCode')}
        </LinkButton>
        <LinkButton to="/sign-in" kind="quiet">
          {t('accounts.signIn.goTo')}
        </LinkButton>
      </div>
    </>
  )
}
