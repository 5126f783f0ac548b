import type { AnyRecord } from '#domain/collections.ts'
import { DEVICE_HEADER, SNAPSHOT_PATH, type SnapshotPage, type SnapshotRequest, snapshotHead } from '#domain/sync/protocol.ts'
import { Refused } from './problems.ts'
import type { Credentials } from './transport.ts'

/** A page is asked for again when it takes longer. */
const PAGE_MS = 60_000

/** A page of the first sync over HTTP, where it travels compressed. Rejects when it did not arrive whole. */
export async function fetchSnapshot(
  { deviceId, credential }: Credentials,
  { collection, room, after, recent }: SnapshotRequest,
): Promise<SnapshotPage> {
  const query = new URLSearchParams({ collection, room })
  if (recent) query.set('recent', '1')
  else query.set('after', after ?? '')
  const headers = { [DEVICE_HEADER]: `${deviceId}.${credential ?? ''}` }
  const response = await fetch(`${SNAPSHOT_PATH}?${query}`, { headers, cache: 'no-store', signal: AbortSignal.timeout(PAGE_MS) })
  if (!response.ok) throw refusal(response)
  const [head = '', ...lines] = (await response.text()).trimEnd().split('\n')
  return { ...snapshotHead.parse(JSON.parse(head)), records: lines.map((line) => JSON.parse(line) as AnyRecord) }
}

function refusal({ status, headers }: Response): Error {
  const retryAfterMs = Number(headers.get('Retry-After') ?? 0) * 1000
  if (status === 401) return new Refused({ ok: false, problem: 'not-signed-in' })
  if (status === 403) return new Refused({ ok: false, problem: 'not-permitted' })
  return new Refused({ ok: false, problem: 'busy', ...(retryAfterMs > 0 ? { retryAfterMs } : {}) })
}
