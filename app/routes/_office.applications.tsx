import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppWindow } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ApplicationTable } from '#app/features/applications/ApplicationTable.tsx'
import { readSettings } from '#app/features/applications/applicationForm.ts'
import { applicationAction } from '#app/features/applications/applicationService.ts'
import { CreateApplication } from '#app/features/applications/CreateApplication.tsx'
import { CreatedSecret } from '#app/features/applications/CreatedSecret.tsx'
import { actorOf } from '#app/features/gate/actor.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'applications.manage')
  const { services, config } = args.context
  const [applications, programs, facilities] = await Promise.all([
    services.applications.list(),
    services.applications.programs(),
    services.records.facilities(),
  ])
  return { applications, programs, facilities, origin: config.origin, timeZone: config.timeZone }
}

export async function action(args: ActionFunctionArgs) {
  permitted(args, 'applications.manage')
  const form = await args.request.formData()
  if (form.get('intent') !== 'create') return applicationAction(args, form, actorOf(args, '/applications'))
  const read = readSettings(form)
  if ('mistakes' in read) return data({ kind: 'mistaken' as const, ...read }, { status: 400 })
  const credentials = await args.context.services.applications.create(read.settings, actorOf(args, '/applications'))
  return { kind: 'secret' as const, credentials }
}

export default function Applications() {
  const { t } = useTranslation()
  const { applications, programs, facilities, origin, timeZone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const mistaken = answer?.kind === 'mistaken' ? answer : undefined
  return (
    <>
      <PageHeader title={t('applications.title')}>{t('applications.lead')}</PageHeader>
      {answer?.kind === 'refused' && (
        <Banner tone="danger" title={t(`problems.${answer.problem}`)}>
          {t('applications.refused')}
        </Banner>
      )}
      {answer?.kind === 'secret' && (
        <CreatedSecret key={answer.credentials.clientSecret} credentials={answer.credentials} origin={origin} />
      )}
      {applications.length === 0 ? (
        <EmptyState title={t('applications.none')} Icon={AppWindow}>
          {t('applications.noneHint')}
        </EmptyState>
      ) : (
        <section className="flex flex-col gap-2">
          <ApplicationTable applications={applications} timeZone={timeZone} />
          <p className="text-sm text-ink-soft">{t('applications.disabledHint')}</p>
        </section>
      )}
      <CreateApplication
        made={applications.length}
        programs={programs}
        facilities={facilities}
        mistakes={mistaken?.mistakes}
        typed={mistaken?.typed}
      />
    </>
  )
}
