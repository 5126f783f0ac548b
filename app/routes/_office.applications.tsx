import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppWindow } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ApplicationTable } from '#app/features/applications/ApplicationTable.tsx'
import { type ApplicationCommand, readCommand, readNewApplication } from '#app/features/applications/applicationForm.ts'
import { CreateApplication } from '#app/features/applications/CreateApplication.tsx'
import { CreatedSecret } from '#app/features/applications/CreatedSecret.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'applications.manage')
  const { services, config } = args.context
  const [applications, programs] = await Promise.all([services.applications.list(), services.applications.programs()])
  return { applications, programs, origin: config.origin, timeZone: config.timeZone }
}

export async function action(args: ActionFunctionArgs) {
  permitted(args, 'applications.manage')
  const form = await args.request.formData()
  if (form.get('intent') === 'create') return create(args, form)
  const command = readCommand(form)
  if (command === null) return data({ kind: 'refused' as const, problem: 'invalid' as const }, { status: 400 })
  try {
    return await obey(args, command)
  } catch (error) {
    return data({ kind: 'refused' as const, problem: refused(error).code }, { status: 409 })
  }
}

async function create(args: ActionFunctionArgs, form: FormData) {
  const read = readNewApplication(form)
  if ('mistakes' in read) return data({ kind: 'mistaken' as const, ...read }, { status: 400 })
  const credentials = await args.context.services.applications.create(read.application, actorOf(args))
  return { kind: 'secret' as const, credentials }
}

async function obey(args: ActionFunctionArgs, { intent, id, secretId }: ApplicationCommand) {
  const { applications } = args.context.services
  const actor = actorOf(args)
  if (intent === 'add-secret') return { kind: 'secret' as const, credentials: await applications.addSecret(id, actor) }
  if (intent === 'revoke-secret') await applications.revokeSecret(id, secretId, actor)
  else await applications[intent](id, actor)
  return { kind: 'done' as const }
}

function actorOf(args: ActionFunctionArgs) {
  return { accountId: args.context.account?.id ?? null, ...requestMeta(args, '/applications') }
}

export default function Applications() {
  const { t } = useTranslation()
  const { applications, programs, origin, timeZone } = useLoaderData<typeof loader>()
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
      <CreateApplication made={applications.length} programs={programs} mistakes={mistaken?.mistakes} typed={mistaken?.typed} />
    </>
  )
}
