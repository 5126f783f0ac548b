import type { Request, RequestHandler, Response } from 'express'
import { may, mayPull } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { type ProblemCode, Refusal } from '#domain/problem.ts'
import { DEVICE_HEADER, SNAPSHOT_PATH, snapshotRequest } from '#domain/sync/protocol.ts'
import type { Services } from '#server/services.ts'
import { Busy } from '#server/sync/admission.ts'

/** One JSON text a line. */
export const NDJSON = 'application/x-ndjson'

export interface SnapshotOptions {
  services: Pick<Services, 'records'>
  accountOf(request: Request, response: Response): Promise<SignedInAccount | null>
  report(error: unknown, requestId: string): void
}

/** Pages of the first sync: over HTTP, because there they travel compressed and one after the other at the tablet's own pace. */
export function snapshots({ services, accountOf, report }: SnapshotOptions): RequestHandler {
  const page = async (request: Request, response: Response): Promise<string> => {
    const account = await accountOf(request, response)
    if (account === null) throw new Refusal({ code: 'not-signed-in' })
    const parsed = snapshotRequest.safeParse(request.query)
    if (!parsed.success) throw new Refusal({ code: 'invalid' })
    if (!may(account.roles, 'field.use') || !mayPull(account.roles, parsed.data.collection)) throw new Refusal({ code: 'not-permitted' })
    await checkDevice(services, account, request.get(DEVICE_HEADER))
    const rooms = await services.records.roomsFor(account.facilities)
    const { head, records } = await services.records.admission.read(() => services.records.snapshotText(rooms, parsed.data))
    return `${[JSON.stringify(head), ...records].join('\n')}\n`
  }
  return (request, response, next) => {
    if (request.path !== SNAPSHOT_PATH) return next()
    response.setHeader('Cache-Control', 'no-store')
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET')
      problem(response, 405, 'not-found')
      return
    }
    page(request, response).then(
      (text) => response.setHeader('Content-Type', NDJSON).end(text),
      (error) => refused(error, response, (defect) => report(defect, String(response.locals.requestId))),
    )
  }
}

/** W1: only a device that has greeted, is the account's, and was not revoked. Throws `Refusal('not-permitted')`. */
async function checkDevice({ records }: SnapshotOptions['services'], account: SignedInAccount, shown: string | undefined): Promise<void> {
  const [deviceId = '', credential = ''] = shown?.split('.') ?? []
  const device = await records.deviceOf({ deviceId, credential })
  if (device === null || device.accountId !== account.id || device.revokedAt !== null) throw new Refusal({ code: 'not-permitted' })
}

/** After a defect: long enough not to make it worse. */
const UNAVAILABLE_MS = 5_000
const STATUSES: Partial<Record<ProblemCode, number>> = { invalid: 400, 'not-signed-in': 401, 'not-permitted': 403 }

function refused(error: unknown, response: Response, report: (error: unknown) => void): void {
  if (error instanceof Busy) retryAfter(response, error.retryAfterMs)
  if (error instanceof Busy || error instanceof Refusal) {
    const code = error instanceof Busy ? 'busy' : error.problem.code
    problem(response, STATUSES[code] ?? 503, code)
    return
  }
  report(error)
  retryAfter(response, UNAVAILABLE_MS)
  problem(response, 503, 'unavailable')
}

function retryAfter(response: Response, ms: number): void {
  response.setHeader('Retry-After', Math.ceil(ms / 1000))
}

function problem(response: Response, status: number, code: ProblemCode): void {
  response.status(status).type('application/problem+json').send(JSON.stringify({ status, code }))
}
