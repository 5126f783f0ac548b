import { type IncomingHttpHeaders, request } from 'node:http'
import type { Hospital } from './hospital.ts'

export interface Asked {
  method?: string
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Over node:http, because fetch keeps some headers and addresses to itself. Rejects when no answer came. */
export function ask({ port }: Pick<Hospital, 'port'>, { method = 'GET', path, headers = {}, body = '' }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = method === 'GET' || method === 'HEAD' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const options = {
      port,
      host: '127.0.0.1',
      path,
      method,
      headers: { Host: `localhost:${port}`, ...length, ...headers },
      agent: false,
      timeout: 20_000,
    }
    const asked = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
      )
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.on('timeout', () => asked.destroy(new Error(`no answer to ${method} ${path}`)))
    asked.end(method === 'GET' || method === 'HEAD' ? undefined : body)
  })
}

export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** As our own pages send it. */
export const ownSite = ({ origin }: Pick<Hospital, 'origin'>) => ({ Origin: origin, 'Sec-Fetch-Site': 'same-origin' })
