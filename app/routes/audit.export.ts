import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFilter, readFormat } from '#app/features/administration/auditFilter.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'

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
  const { type, name } = FILES[format]
  return new Response(streamOf(texts, args.context.report), {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' },
  })
}

/** A reader that goes away ends the reading; a failure breaks the file off, so that half of one is not taken for a whole. */
function streamOf(texts: AsyncGenerator<string>, report: (error: unknown) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        report(error)
        controller.error(error)
      }
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
