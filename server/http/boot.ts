import { createHash } from 'node:crypto'
import { type AppLoadContext, createRequestHandler, type ServerBuild } from '@remix-run/node'
import type { RequestHandler } from 'express'
import { BOOT_PATH } from '#domain/fieldPages.ts'
import { contentSecurityPolicy } from './headers.ts'

/**
 * The document the service worker keeps. It is the same for everybody, so it is rendered once, and its inline
 * scripts are allowed by their hashes: a nonce would be stored with it and be no secret.
 */
export function bootDocument(build: () => Promise<ServerBuild>, context: AppLoadContext, origin: string): RequestHandler {
  let rendered: Promise<{ html: string; policy: string }> | undefined
  const render = async () => {
    const handle = createRequestHandler(await build(), 'production')
    const answer = await handle(new Request(origin + BOOT_PATH), context)
    if (answer.status !== 200) throw new Error(`the boot document could not be rendered: ${answer.status}`)
    const html = await answer.text()
    return { html, policy: contentSecurityPolicy(inlineScriptHashes(html), origin) }
  }
  return (request, response, next) => {
    if (request.path !== BOOT_PATH || !['GET', 'HEAD'].includes(request.method)) return next()
    rendered ??= render()
    rendered.then(({ html, policy }) => {
      response.setHeader('Content-Security-Policy', policy)
      response.setHeader('Cache-Control', 'no-cache')
      response.type('html').send(html)
    }, next)
  }
}

function inlineScriptHashes(html: string): string[] {
  const bodies = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((script) => script[1] ?? '')
  return bodies.map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
}
