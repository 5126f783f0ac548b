import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DecidedTable } from '#app/features/erasure/DecidedTable.tsx'
import { readErasure } from '#app/features/erasure/erasureForm.ts'
import { LookUp } from '#app/features/erasure/LookUp.tsx'
import { RequestCard } from '#app/features/erasure/RequestCard.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { readClientNumber, spokenClientNumber } from '#domain/clients/number.ts'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'clients.erase')
  const { services, config } = args.context
  const [requests, decided] = await Promise.all([services.erasures.open(), services.erasures.decided()])
  return { requests, decided, timeZone: config.timeZone }
}

/** The number is posted, never part of an address: addresses are kept in histories and logs. */
export async function action(args: ActionFunctionArgs) {
  const { id: accountId } = permitted(args, 'clients.erase')
  const { erasures } = args.context.services
  const form = await args.request.formData()
  if (form.get('intent') === 'find') return find(args, String(form.get('number') ?? ''))
  const by = { accountId, ...requestMeta(args, '/erasure') }
  const command = readErasure(form)
  if (command.kind === 'unreadable') return data({ kind: 'gone' as const }, { status: 400 })
  if (command.kind === 'mistyped') {
    const facts = await erasures.facts(command.clientId)
    return data({ kind: 'mistyped' as const, clientId: command.clientId, typed: command.clientId, facts }, { status: 400 })
  }
  try {
    await (command.kind === 'refuse' ? erasures.refuse(command.id, by) : erasures.erase(command.wish, by))
  } catch (error) {
    refused(error)
    return data({ kind: 'gone' as const }, { status: 409 })
  }
  if (command.kind === 'refuse') return { kind: 'refused' as const, clientId: command.clientId }
  return { kind: 'done' as const, clientId: command.wish.clientId }
}

async function find({ context }: ActionFunctionArgs, typed: string) {
  const clientId = readClientNumber(typed)
  const facts = clientId === null ? null : await context.services.erasures.facts(clientId)
  return { kind: 'found' as const, typed: typed.slice(0, 40), facts }
}

export default function Erasure() {
  const { t } = useTranslation()
  const { requests, decided, timeZone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const looked = answer?.kind === 'found' || answer?.kind === 'mistyped' ? answer : null
  const mistyped = answer?.kind === 'mistyped' ? answer.clientId : null
  const isRequested = requests.some(({ facts }) => facts.clientId === mistyped)
  const decidedNow = answer?.kind === 'done' || answer?.kind === 'refused' ? answer : null
  return (
    <>
      <PageHeader title={t('erasure.title')}>{t('erasure.lead')}</PageHeader>
      {answer?.kind === 'gone' && <Banner tone="danger" title={t('erasure.gone')} />}
      <div role="status">
        {decidedNow !== null && (
          <Banner tone="good" title={t(`erasure.${decidedNow.kind}`, { number: spokenClientNumber(decidedNow.clientId) })} />
        )}
      </div>
      <section className="flex flex-col gap-3">
        <h2 className="text-xl font-bold">{t('erasure.requests')}</h2>
        {requests.length === 0 && (
          <EmptyState title={t('erasure.noRequests')} Icon={Eraser}>
            {t('erasure.noRequestsHint')}
          </EmptyState>
        )}
        {requests.map((request) => (
          <RequestCard key={request.id} request={request} timeZone={timeZone} mistyped={mistyped === request.facts.clientId} />
        ))}
      </section>
      <LookUp
        key={looked?.typed ?? ''}
        typed={isRequested ? '' : (looked?.typed ?? '')}
        found={isRequested ? null : (looked?.facts ?? null)}
        timeZone={timeZone}
        mistyped={mistyped !== null && !isRequested}
      />
      {decided.length > 0 && <DecidedTable decided={decided} timeZone={timeZone} />}
    </>
  )
}
