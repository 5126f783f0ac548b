import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'

export interface PeerServer {
  url: string
  close(): Promise<void>
}

/** Answers `/hims`, `/pouchdb` and `/raw` with a page whose script has set `measure`. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => void

export async function listen(http: Server, port = 0): Promise<string> {
  http.listen(port, '127.0.0.1')
  await once(http, 'listening')
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

/** HIMS must know its origin before it listens. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  const url = await listen(probe)
  probe.close()
  await once(probe, 'close')
  return Number(new URL(url).port)
}

/** Bundles the scripts of the pages as a production build would. */
export async function buildPages(): Promise<Pages> {
  const { outputFiles } = await build({
    entryPoints: { hims: 'bench/firstSync/page/hims.ts', raw: 'bench/firstSync/page/raw.ts', pouchdb: 'bench/pouchdb/page.ts' },
    outdir: '/',
    bundle: true,
    write: false,
    minify: true,
    keepNames: true,
    format: 'iife',
    target: 'es2022',
    define: { 'import.meta.env.MODE': '"bench"', 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'error',
  })
  const scripts = new Map(outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf('/')), contents]))
  return ({ url = '/' }, response) => {
    const script = scripts.get(url)
    const page = scripts.get(`${url}.js`)
    if (script) return void response.setHeader('Content-Type', 'text/javascript').end(script)
    if (page)
      return void response
        .setHeader('Content-Type', 'text/html')
        .end(`<!doctype html><title>bench</title><script src="${url}.js"></script>`)
    response.writeHead(404).end()
  }
}
