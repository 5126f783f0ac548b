import { clientNumber } from '#domain/clients/number.ts'
import type { CollectionName } from '#domain/collections.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import type { Seeded } from '../sync/seeded.ts'
import type { Draft } from './device.ts'

const NAMES = ['Amina', 'Juma', 'Neema', 'Baraka', 'Zuhura']
export const PROGRAM = 'TB-001'

/** People whom every doctor knows, as they were when the doctors saw them last: edits of them conflict. */
export interface Acquaintance extends Person {
  seq: number
}

export type Person = { id: string; givenName: string; familyName: string; phone: string; bornOnEstimated: boolean; facilityId: string }

/** What one doctor writes: new clients, edits of own ones, enrollments, and edits of those whom all know. */
export class Inventions {
  /** Nobody else edits these: the last value written is the one that must stand. */
  readonly own = new Map<string, { phone: string }>()
  readonly #enrolled = new Set<string>()
  #count = 0

  constructor(
    readonly random: Seeded,
    readonly facilityId: string,
    readonly known: readonly Acquaintance[],
  ) {}

  next = (): Draft => {
    const dice = this.random.next()
    if (this.own.size === 0 || dice < 0.35) return this.register()
    if (dice < 0.5) return this.#enrol() ?? this.register()
    if (dice < 0.75 || this.known.length === 0) return this.#editOwn()
    return this.#editKnown()
  }

  person(): Person {
    return {
      id: clientNumber(this.random.bytes(12)),
      givenName: this.random.pick(NAMES),
      familyName: `${this.random.below(100_000)}`,
      phone: this.#phone(),
      bornOnEstimated: false,
      facilityId: this.facilityId,
    }
  }

  register = (): Draft => {
    const { id, ...values } = this.person()
    this.own.set(id, { phone: values.phone })
    return create('clients', id, values)
  }

  #editOwn(): Draft {
    const [id, seen] = this.random.pick([...this.own])
    const phone = this.#phone()
    this.own.set(id, { phone })
    return edit('clients', id, { phone: [seen.phone, phone] })
  }

  /** Each doctor enrols the same people too: two creates of one enrollment meet in it. */
  #enrol(): Draft | null {
    const clientId = this.random.pick([...this.own.keys(), ...this.known.map(({ id }) => id)])
    if (this.#enrolled.has(clientId)) return null
    this.#enrolled.add(clientId)
    const values = { clientId, programId: PROGRAM, episode: 1, status: 'active', enrolledOn: '2026-03-01' }
    return create('enrollments', enrollmentId(clientId, PROGRAM, 1), values)
  }

  #editKnown(): Draft {
    const { id, phone, givenName, seq } = this.random.pick(this.known)
    return this.random.chance(0.7)
      ? edit('clients', id, { phone: [phone, this.#phone()] }, seq)
      : edit('clients', id, { givenName: [givenName, `${this.random.pick(NAMES)} ${this.random.below(1_000)}`] }, seq)
  }

  #phone(): string {
    this.#count += 1
    return `+2547${String(this.random.below(10_000)).padStart(4, '0')}${String(this.#count).padStart(6, '0')}`
  }
}

export function create(collection: CollectionName, recordId: string, values: Fields): Draft {
  const fields = Object.fromEntries(Object.entries(values).map(([field, to]) => [field, { from: null, to }]))
  return { collection, recordId, op: 'create', fields, base: 0 }
}

export function edit(collection: CollectionName, recordId: string, values: Record<string, [from: Scalar, to: Scalar]>, base = 0): Draft {
  const fields = Object.fromEntries(Object.entries(values).map(([field, [from, to]]) => [field, { from, to }]))
  return { collection, recordId, op: 'edit', fields, base }
}
