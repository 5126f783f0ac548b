import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { SettingsForm } from '#app/features/administration/SettingsForm.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'settings.manage')
  return { settings: await args.context.services.accounts.settings() }
}

export async function action(args: ActionFunctionArgs) {
  const admin = permitted(args, 'settings.manage')
  const { accounts } = args.context.services
  const doctorsMayInvite = (await args.request.formData()).get('doctorsMayInvite') === 'yes'
  const before = await accounts.settings()
  const by = { accountId: admin.id, ...requestMeta(args, '/settings') }
  if (before.doctorsMayInvite !== doctorsMayInvite) await accounts.changeSetting('doctorsMayInvite', doctorsMayInvite, by)
  return { saved: true }
}

export default function SettingsPage() {
  const { t } = useTranslation()
  const { settings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHeader title={t('administration.settings.title')}>{t('administration.settings.lead')}</PageHeader>
      <div role="status">{answer?.saved && <Banner tone="good" title={t('administration.settings.saved')} />}</div>
      <SettingsForm settings={settings} />
    </>
  )
}
