import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { readExport } from '#app/features/exchange/exportForm.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { streamedFile } from '#app/features/gate/streamedFile.ts'

const FILES = {
  'clients-csv': { type: 'text/csv; charset=utf-8', name: 'hims-clients.csv' },
  'enrollments-csv': { type: 'text/csv; charset=utf-8', name: 'hims-enrollments.csv' },
  fhir: { type: 'application/fhir+ndjson', name: 'hims-clients.ndjson' },
} as const

/** Clients of one's own facilities, as a file. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { id, facilities } = permitted(args, 'clients.export')
  const order = readExport(await args.request.formData(), facilities)
  if (order === null) return redirect('/exchange?missing=reason')
  const texts = await args.context.services.exports.exportFor({ accountId: id, ...requestMeta(args, '/exchange/file') }, order)
  return streamedFile(texts, FILES[order.kind], args.context.report)
}
