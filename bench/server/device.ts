import { clientNumber } from '#domain/clients/number.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Scalar } from '#domain/scalars.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { seeded } from '#server/exchange/seeded.ts'
import type { BenchServer } from './server.ts'

export const REQUEST_CHANGES = 50
const GIVEN = 'Amina Baraka Chausiku Daudi Esther Faraji Grace Hamisi Imani Juma Khadija Lulu Mosi Neema Omari Pendo'.split(' ')
const FAMILY = 'Otieno Mwangi Njoroge Wanjiku Achieng Kamau Mutua Chebet Kiprop Hassan Omondi Nyambura Wafula Barasa'.split(' ')

type Values = Record<string, Scalar>
interface Known {
  id: string
  fields: Values
  seq: number
}

/** A doctor's tablet that sends what a day brings: of ten changes two register, two enrol and six correct. */
export class BenchDevice {
  readonly deviceId: string
  readonly #random: ReturnType<typeof seeded>
  readonly #clients: Known[] = []
  #n = 0

  constructor(
    readonly server: BenchServer,
    index: number,
  ) {
    this.deviceId = `bench-device-${index}`
    this.#random = seeded(index + 1)
  }

  /** One request, as a tablet sends them: the next after the answer. */
  async push(): Promise<void> {
    const { records, facilityId } = this.server
    const made: Known[] = []
    const changes = Array.from({ length: REQUEST_CHANGES }, (_, index) => this.#next(index, made))
    const { results } = await records.push({ accountId: 'bench', deviceId: this.deviceId, facilities: [facilityId] }, changes)
    const bad = results.find(({ outcome }) => outcome !== 'applied' && outcome !== 'merged')
    if (bad || results.length !== changes.length) throw new Error(`a change was not taken: ${JSON.stringify(bad)}`)
    this.#clients.push(...made)
    if (this.#clients.length > 500) this.#clients.splice(0, this.#clients.length - 500)
    const seqs = new Map(changes.map((change, index) => [change.recordId, results[index]?.seq ?? 0]))
    for (const client of this.#clients) client.seq = seqs.get(client.id) ?? client.seq
  }

  #next(index: number, made: Known[]): Change {
    const { bytes, between, digits, pick } = this.#random
    const { facilityId } = this.server
    if (index % 5 === 0) {
      const id = clientNumber(bytes(12))
      const fields = {
        givenName: pick(GIVEN),
        middleName: pick(GIVEN),
        familyName: pick(FAMILY),
        sex: pick(['female', 'male']),
        bornOn: `${between(1930, 2020)}-0${between(1, 9)}-${between(10, 28)}`,
        bornOnEstimated: false,
        phone: `+2547${digits(8)}`,
        nationalId: digits(8),
        facilityId,
      }
      made.push({ id, fields, seq: 0 })
      return this.#change('clients', id, 'create', fields, {}, 0)
    }
    const client = pick(index % 5 === 1 ? made : [...made, ...this.#clients])
    if (index % 5 === 1) {
      const values = { clientId: client.id, programId: 'HIV-001', episode: 1, status: 'active', enrolledOn: '2026-05-01' }
      const id = enrollmentId(client.id, 'HIV-001', 1)
      return this.#change('enrollments', id, 'create', values, {}, 0)
    }
    const values = { phone: `+2547${digits(8)}`, notes: `came back on day ${digits(4)}, feels better, next visit in two weeks` }
    const before = client.fields
    client.fields = { ...before, ...values }
    return this.#change('clients', client.id, 'edit', values, before, client.seq)
  }

  #change(collection: Change['collection'], recordId: string, op: Change['op'], values: Values, before: Values, base: number): Change {
    this.#n += 1
    const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: before[name] ?? null, to }]))
    const { deviceId } = this
    const changeId = crypto.randomUUID()
    return {
      deviceId,
      n: this.#n,
      changeId,
      collection,
      recordId,
      op,
      fields,
      base,
      actor: 'bench',
      deviceTime: Date.now(),
      schemaVersion: SCHEMA_VERSION,
    }
  }
}
