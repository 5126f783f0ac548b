import type { CollectionName } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import type { SimulatedServer } from './server.ts'

const operator = { accountId: 'operator', deviceId: 'operator-1', facilities: 'all' as const }

/** A record that an operator makes, without an outbox behind it. */
export function created(collection: CollectionName, recordId: string, values: Fields, changeId: string = crypto.randomUUID()): Change {
  const fields = Object.fromEntries(Object.entries(values).map(([field, to]) => [field, { from: null, to }]))
  const { deviceId, accountId: actor } = operator
  return {
    deviceId,
    n: 1,
    changeId,
    collection,
    recordId,
    op: 'create',
    fields,
    base: 0,
    actor,
    deviceTime: 0,
    schemaVersion: SCHEMA_VERSION,
  }
}

export async function createPrograms(server: Pick<SimulatedServer, 'records'>): Promise<void> {
  const programs = ['HIV-001', 'TB-001'].map((code) => created('programs', code, { name: code, category: 'other', active: true }))
  await server.records.apply(operator, programs)
}
