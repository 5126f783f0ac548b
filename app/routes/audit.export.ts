import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFilter, readFormat } from '#app/features/administration/auditFilter.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { streamedFile } from '#app/features/gate/streamedFile.ts'

const FILES = {
  csv: { type: 'text/csv; charset=utf-8', name: 'hims-audit.csv' },
  fhir: { type: 'application/fhir+ndjson', name: 'hims-audit.ndjson' },
} as const

/** What the filter shows, as a file: a part at a time, so that a log of years needs no memory. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { id } = permitted(args, 'audit.read')
  const search = new URL(args.request.url).searchParams
  const format = readFormat(search)
  const reader = { accountId: id, ...requestMeta(args, '/audit/export') }
  const texts = await args.context.services.auditLog.exportFor(reader, format, readFilter(search))
  return streamedFile(texts, FILES[format], args.context.report)
}
