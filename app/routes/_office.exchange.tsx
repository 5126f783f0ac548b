import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  unstable_parseMultipartFormData as parseParts,
  redirect,
  type UploadHandlerPart,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ExportForm } from '#app/features/exchange/ExportForm.tsx'
import { ImportStart } from '#app/features/exchange/ImportStart.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { refused } from '#app/session/refused.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { may } from '#domain/access/access.ts'

/** Of all files of one upload together. */
const MOST_BYTES = 200 * 1024 * 1024

export async function loader(args: LoaderFunctionArgs) {
  const account = permitted(args, 'clients.import', 'clients.export')
  const { services, config } = args.context
  const [mayImport, mayExport] = [may(account.roles, 'clients.import'), may(account.roles, 'clients.export')]
  const [imports, people, facilities] = await Promise.all([
    mayImport ? services.imports.list() : [],
    mayImport ? services.accounts.list() : [],
    mayExport ? services.records.facilities() : [],
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return {
    imports: mayImport ? imports.map(({ id, at, by, files, state }) => ({ id, at, by: names.get(by) ?? by, files, state })) : null,
    facilities: mayExport ? facilities.filter(({ id }) => account.facilities.includes(id)) : null,
    isReasonMissing: new URL(args.request.url).searchParams.get('missing') === 'reason',
    timeZone: config.timeZone,
  }
}

/** The files go to the disk as they come; nothing else of the form is read. */
export async function action(args: ActionFunctionArgs) {
  const { id } = permitted(args, 'clients.import')
  const receiving = await args.context.services.imports.receive(id, MOST_BYTES)
  const take = async ({ name, filename, data: bytes }: UploadHandlerPart) => {
    if (name === 'file' && filename) await receiving.take({ name: filename, data: bytes })
    // Read to its end in any case: the next part comes after it.
    else for await (const _ of bytes);
    return undefined
  }
  try {
    await parseParts(args.request, take)
    return redirect(`/exchange/import?id=${await receiving.keep()}`)
  } catch (error) {
    await receiving.drop()
    const isTooLarge = error instanceof Error && error.name === 'Refusal' && refused(error).code === 'too-large'
    return data({ problem: isTooLarge ? ('tooLarge' as const) : ('noFile' as const) }, { status: 400 })
  }
}

export default function Exchange() {
  const { t } = useTranslation()
  const { imports, facilities, isReasonMissing, timeZone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHeader title={t('shell.nav.exchange')}>{t('exchange.lead')}</PageHeader>
      {imports !== null && <ImportStart imports={imports} problem={answer?.problem ?? null} timeZone={timeZone} />}
      {facilities !== null && <ExportForm facilities={facilities} isReasonMissing={isReasonMissing} />}
    </>
  )
}
