import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { FirstPeople } from '#app/features/exchange/FirstPeople.tsx'
import { ImportProgress } from '#app/features/exchange/ImportProgress.tsx'
import { ImportResult } from '#app/features/exchange/ImportResult.tsx'
import { ImportSettingsForm } from '#app/features/exchange/ImportSettingsForm.tsx'
import { fileNames, readSettings } from '#app/features/exchange/importForm.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'clients.import')
  const { imports, records } = args.context.services
  const job = await imports.get(idOf(args.request))
  // It was removed, or is long over.
  if (job === null) throw redirect('/exchange')
  // What is under way is asked for every second, and what is over has no files any more.
  const isOpen = job.state !== 'checking' && job.state !== 'taking' && job.state !== 'taken'
  const sample = isOpen ? await imports.sample(job.id) : null
  return { job, sample, meanings: imports.meanings, facilities: await records.facilities() }
}

const INTENTS = ['check', 'take', 'stop', 'remove'] as const

export async function action(args: ActionFunctionArgs) {
  const { id: by } = permitted(args, 'clients.import')
  const { imports, records } = args.context.services
  const id = idOf(args.request)
  const form = await args.request.formData()
  const intent = INTENTS.find((name) => name === form.get('intent'))
  if ((await imports.get(id)) === null || intent === undefined) return redirect('/exchange')
  const settings = readSettings(form)
  const isFacilityMissing = intent === 'check' && settings.facilityId === null && (await records.facilities()).length > 1
  if (isFacilityMissing) return data({ problem: 'facilityMissing' as const }, { status: 400 })
  try {
    if (intent === 'check') await imports.check(id, by, settings)
    if (intent === 'take') await imports.take(id, by)
    if (intent === 'stop') await imports.stop(id)
    if (intent === 'remove') await imports.remove(id)
  } catch (error) {
    const { code } = refused(error)
    return data({ problem: code === 'busy' ? ('busy' as const) : ('notTried' as const) }, { status: 409 })
  }
  return redirect(intent === 'remove' ? '/exchange' : `/exchange/import?id=${id}`)
}

function idOf(request: Request): string {
  return new URL(request.url).searchParams.get('id') ?? ''
}

export default function ImportPage() {
  const { t } = useTranslation()
  const { job, sample, meanings, facilities } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { state, failure } = job
  const isUnderWay = state === 'checking' || state === 'taking'
  const failed = failure ?? sample?.failure ?? null
  return (
    <>
      <PageHeader title={t('exchange.title', { files: fileNames(job.files) })} actions={<AllImports />}>
        {t(`exchange.states.${state}`)}
      </PageHeader>
      {answer && <Banner tone="danger" title={t(`exchange.${answer.problem}`)} />}
      {failed !== null && !isUnderWay && (
        <Banner tone="danger" title={t('exchange.states.failed')}>
          <bdi>{failed}</bdi>
        </Banner>
      )}
      {state === 'stopped' && <Banner tone="warn" title={t('exchange.interrupted')} />}
      {isUnderWay && <ImportProgress {...job} />}
      <ImportResult {...job} />
      {(state === 'checked' || state === 'stopped') && (
        <Intent name="take" label={t(state === 'checked' ? 'exchange.take' : 'exchange.goOn')} kind="primary" />
      )}
      {sample !== null && <FirstPeople {...sample} />}
      {sample !== null && state !== 'stopped' && (
        <ImportSettingsForm
          key={state}
          job={job}
          columns={sample.columns}
          meanings={meanings}
          facilities={facilities}
          isFacilityMissing={answer?.problem === 'facilityMissing'}
        />
      )}
      {!isUnderWay && <Intent name="remove" label={t('exchange.remove')} kind="quiet" />}
    </>
  )
}

function AllImports() {
  const { t } = useTranslation()
  return (
    <LinkButton to="/exchange" kind="secondary">
      {t('exchange.back')}
    </LinkButton>
  )
}

function Intent({ name, label, kind }: { name: string; label: string; kind: 'primary' | 'quiet' }) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={name} />
      <Button type="submit" kind={kind}>
        {label}
      </Button>
    </Form>
  )
}
