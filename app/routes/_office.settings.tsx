import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { SettingsForm } from '#app/features/administration/SettingsForm.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { SETTINGS } from '#domain/accounts/settings.ts'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'settings.manage')
  return { settings: await args.context.services.accounts.settings() }
}

export async function action(args: ActionFunctionArgs) {
  const admin = permitted(args, 'settings.manage')
  const { accounts } = args.context.services
  const form = await args.request.formData()
  const doctorsMayInvite = form.get('doctorsMayInvite') === 'yes'
  const leaseDays = SETTINGS.leaseDays.safeParse(Number(form.get('leaseDays')))
  const mistakes: Mistakes = { leaseDays: 'lease-days' }
  if (!leaseDays.success) return data({ saved: false, mistakes }, { status: 400 })
  const before = await accounts.settings()
  const by = { accountId: admin.id, ...requestMeta(args, '/settings') }
  if (before.doctorsMayInvite !== doctorsMayInvite) await accounts.changeSetting('doctorsMayInvite', doctorsMayInvite, by)
  if (before.leaseDays !== leaseDays.data) await accounts.changeSetting('leaseDays', leaseDays.data, by)
  return data({ saved: true, mistakes: undefined })
}

export default function SettingsPage() {
  const { t } = useTranslation()
  const { settings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHeader title={t('administration.settings.title')}>{t('administration.settings.lead')}</PageHeader>
      <div role="status">{answer?.saved && <Banner tone="good" title={t('administration.settings.saved')} />}</div>
      <SettingsForm settings={settings} mistakes={answer?.mistakes} />
    </>
  )
}
