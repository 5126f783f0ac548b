import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'

export interface PeerServer {
  url: string
  close(): Promise<void>
}

/** Pages whose scripts have set `measure`: `/hims`, `/pouchdb`, `/raw` and so on. */
export interface Pages {
  has(url: string | undefined): boolean
  answer(request: IncomingMessage, response: ServerResponse): void
}

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

/** Bundles the scripts of the pages as a production build would. @param entryPoints name of the page -> its script */
export async function buildPages(entryPoints: Record<string, string>): Promise<Pages> {
  const { outputFiles } = await build({
    entryPoints: { ...entryPoints, rowWorker: 'app/data/rowWorker.ts' },
    outdir: '/',
    bundle: true,
    write: false,
    minify: true,
    keepNames: true,
    format: 'iife',
    target: 'es2022',
    define: {
      'import.meta.env.VITE_BUILD': '"bench"',
      'process.env.NODE_ENV': '"production"',
      global: 'globalThis',
      'import.meta.url': 'location.href',
    },
    logLevel: 'error',
  })
  const scripts = new Map(outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf('/')), contents]))
  return {
    // A browser asks for an icon by itself; that is nothing to be measured.
    has: (url = '/') => url === '/favicon.ico' || scripts.has(url.replace(/\.ts$/, '.js')) || scripts.has(`${url}.js`),
    answer({ url = '/' }, response) {
      // Threads are named by their sources.
      const script = scripts.get(url.replace(/\.ts$/, '.js'))
      if (script) return void response.setHeader('Content-Type', 'text/javascript').end(script)
      if (!scripts.has(`${url}.js`)) return void response.writeHead(404).end()
      response.setHeader('Content-Type', 'text/html').end(`<!doctype html><title>bench</title><script src="${url}.js"></script>`)
    },
  }
}
