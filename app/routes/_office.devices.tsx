import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { TabletSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DeviceTable } from '#app/features/devices/DeviceTable.tsx'
import { readParts, readRevocation, readUnsentFile, slicesOf } from '#app/features/devices/deviceForm.ts'
import { HandedInTable } from '#app/features/devices/HandedInTable.tsx'
import { NotTakenTable } from '#app/features/devices/NotTakenTable.tsx'
import { UnsentFileForm } from '#app/features/devices/UnsentFileForm.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { refused } from '#app/session/refused.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import type { BroughtIn } from '#server/sync/unsentFile.ts'

/** Lines of a file that are shown; the others were brought in as well. */
const LINES = 200

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'devices.manage')
  const { services, config } = args.context
  const { fleet } = services
  const [devices, handedIn, notTaken] = await Promise.all([fleet.list(), fleet.handedIn(), fleet.notTaken()])
  return { devices, handedIn, notTaken, timeZone: config.timeZone }
}

export async function action(args: ActionFunctionArgs) {
  permitted(args, 'devices.manage')
  const form = await readParts(args.request)
  if (form === null) return data({ kind: 'unreadable' as const }, { status: 400 })
  try {
    return await (form.get('intent') === 'revoke' ? revoke(args, form) : bringIn(args, form))
  } catch (error) {
    return data({ kind: 'refused' as const, problem: refused(error).code }, { status: 409 })
  }
}

async function revoke(args: ActionFunctionArgs, form: FormData) {
  const id = readRevocation(form)
  if (id === null) return data({ kind: 'mistyped' as const, id: String(form.get('id')) }, { status: 400 })
  await args.context.services.fleet.revoke(id, { accountId: adminOf(args), ...requestMeta(args, '/devices') })
  return { kind: 'revoked' as const }
}

async function bringIn(args: ActionFunctionArgs, form: FormData) {
  const file = await readUnsentFile(form)
  if (file === null) return data({ kind: 'unreadable' as const }, { status: 400 })
  const { records } = args.context.services
  const by = { accountId: adminOf(args), deviceId: file.deviceId, facilities: [], ip: args.context.ip, requestId: args.context.requestId }
  const changes: BroughtIn[] = []
  for (const slice of slicesOf(file)) changes.push(...(await records.bringIn(by, slice)))
  return { kind: 'brought' as const, count: changes.length, changes: changes.slice(0, LINES) }
}

function adminOf({ context }: ActionFunctionArgs): string {
  return context.account?.id ?? ''
}

export default function Devices() {
  const { t } = useTranslation()
  const { devices, handedIn, notTaken, timeZone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const brought = answer?.kind === 'brought' ? answer : null
  return (
    <>
      <PageHeader title={t('devices.title')}>{t('devices.lead')}</PageHeader>
      {answer?.kind === 'refused' && <Banner tone="danger" title={t(`problems.${answer.problem}`)} />}
      <div role="status">{answer?.kind === 'revoked' && <Banner tone="good" title={t('devices.revoke.done')} />}</div>
      {devices.length === 0 ? (
        <EmptyState title={t('devices.none')} Icon={TabletSmartphone}>
          {t('devices.noneHint')}
        </EmptyState>
      ) : (
        <DeviceTable devices={devices} timeZone={timeZone} mistyped={answer?.kind === 'mistyped' ? answer.id : null} />
      )}
      <HandedInTable changes={handedIn} timeZone={timeZone} />
      <NotTakenTable changes={notTaken} timeZone={timeZone} />
      <UnsentFileForm unreadable={answer?.kind === 'unreadable'} brought={brought} timeZone={timeZone} />
    </>
  )
}
