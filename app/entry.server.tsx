import { PassThrough } from 'node:stream'
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { startAnyLanguage } from '#app/language/allLanguages.ts'
import { pickLanguage } from '#app/language/languages.ts'
import { NonceContext } from '#app/nonce.ts'
import { BOOT_PATH } from '#domain/fieldPages.ts'

export const streamTimeout = 5_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const boot = new URL(request.url).pathname === BOOT_PATH
  const i18n = startAnyLanguage(boot ? 'en' : requestedLanguage(request))
  const page = (
    <NonceContext.Provider value={boot ? undefined : context.nonce}>
      <I18nextProvider i18n={i18n}>
        <RemixServer context={entry} url={request.url} nonce={boot ? undefined : context.nonce} />
      </I18nextProvider>
    </NonceContext.Provider>
  )
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Vary', 'Cookie, Accept-Language')
  return new Promise((resolve, reject) => {
    // Whole at once for robots and for the boot document, which is rendered once and kept.
    const ready = boot || isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady'
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce: boot ? undefined : context.nonce,
      [ready]() {
        const body = new PassThrough()
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
        pipe(body)
      },
      onShellError: reject,
      onError: context.report,
    })
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/** A page that does not exist, or a person who left before the answer, is no defect of the server. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  const expected = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !expected) context.report(error)
}

function requestedLanguage(request: Request) {
  return pickLanguage(request.headers.get('cookie') ?? '', (request.headers.get('accept-language') ?? '').split(','))
}
