import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ApplicationButtons } from '#app/features/applications/ApplicationButtons.tsx'
import { ApplicationSettingsForm } from '#app/features/applications/ApplicationSettingsForm.tsx'
import { readSettings, typedOf } from '#app/features/applications/applicationForm.ts'
import { applicationAction } from '#app/features/applications/applicationService.ts'
import { CreatedSecret } from '#app/features/applications/CreatedSecret.tsx'
import { UsageCard } from '#app/features/applications/UsageCard.tsx'
import { WebhookCard } from '#app/features/applications/WebhookCard.tsx'
import { isAboutWebhook, webhookAction } from '#app/features/applications/webhookService.ts'
import { actorOf } from '#app/features/gate/actor.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'applications.manage')
  const { services, config } = args.context
  const { id = '' } = args.params
  const [found, programs, facilities, webhook] = await Promise.all([
    services.applications.get(id),
    services.applications.programs(),
    services.records.facilities(),
    services.webhooks.of(id),
  ])
  if (found === null) throw redirect('/applications')
  const { origin, timeZone } = config
  return { ...found, programs, facilities, origin, timeZone, webhook, hosts: services.webhooks.hosts() }
}

export async function action(args: ActionFunctionArgs) {
  permitted(args, 'applications.manage')
  const { applications } = args.context.services
  const { id = '' } = args.params
  if ((await applications.get(id)) === null) throw redirect('/applications')
  const form = await args.request.formData()
  if (isAboutWebhook(form)) return webhookAction(args, form, actorOf(args, '/applications'))
  if (form.get('intent') !== 'change') return applicationAction(args, form, actorOf(args, '/applications'))
  const read = readSettings(form)
  if ('mistakes' in read) return data({ kind: 'mistaken' as const, ...read }, { status: 400 })
  await applications.change(id, read.settings, actorOf(args, '/applications'))
  return { kind: 'saved' as const }
}

export default function ApplicationPage() {
  const { t } = useTranslation()
  const { application, usage, programs, facilities, origin, timeZone, webhook, hosts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const mistaken = answer?.kind === 'mistaken' ? answer : undefined
  return (
    <>
      <PageHeader title={application.name}>
        <code dir="ltr" className="font-mono">
          {application.id}
        </code>
      </PageHeader>
      <div role="status">
        {answer?.kind === 'saved' && <Banner tone="good" title={t('applications.saved')} />}
        {answer?.kind === 'ended' && <Banner tone="good" title={t('applications.tokensEnded')} />}
      </div>
      {answer?.kind === 'refused' && (
        <Banner tone="danger" title={t(`problems.${answer.problem}`)}>
          {t('applications.refused')}
        </Banner>
      )}
      {answer?.kind === 'secret' && (
        <CreatedSecret key={answer.credentials.clientSecret} credentials={answer.credentials} origin={origin} />
      )}
      <UsageCard usage={usage} id={application.id} />
      <Card className="flex flex-col gap-3">
        <h2 className="text-xl font-bold">{t('applications.access')}</h2>
        <p className="text-ink-soft">{application.disabledAt === null ? t('applications.active') : t('applications.disabled')}</p>
        <ApplicationButtons application={application} />
        <p className="text-sm text-ink-soft">{t('applications.disabledHint')}</p>
        <p className="text-sm text-ink-soft">{t('applications.endTokensHint')}</p>
      </Card>
      <ApplicationSettingsForm
        typed={mistaken?.typed ?? typedOf(application)}
        mistakes={mistaken?.mistakes}
        programs={programs}
        facilities={facilities}
      />
      <WebhookCard
        webhook={webhook}
        hosts={hosts}
        timeZone={timeZone}
        secret={answer?.kind === 'webhook' ? answer.secret : undefined}
        mistaken={answer?.kind === 'webhook-mistaken' ? answer.url : undefined}
      />
      <LinkButton kind="secondary" to="/applications" className="self-start">
        {t('applications.back')}
      </LinkButton>
    </>
  )
}
