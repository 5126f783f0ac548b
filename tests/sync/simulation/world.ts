import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { Guard } from '#domain/sync/guards.ts'
import { changePlaces } from '#server/accounts/places.ts'
import { created, createPrograms } from '../proofs.ts'
import { Seeded } from '../seeded.ts'
import { openServer } from '../server.ts'
import { Device } from './device.ts'
import { copyDatabase, databaseFile, Host } from './host.ts'
import { Ledger } from './ledger.ts'
import type { Finding } from './proofs/proof.ts'
import { facilitiesOf } from './proofs/served.ts'
import type { Stake } from './stakes.ts'
import { VirtualTime } from './time.ts'

export const FACILITIES = ['main', 'north', 'south'] as const
export const PROGRAMS = ['HIV-001', 'TB-001'] as const
const DOCTORS = 8
const FAULT = 'fault: '

export interface Setting {
  /** For each tablet, the facilities of its doctor. */
  doctors: readonly (readonly string[])[]
  /** People registered at each facility before anything happens. */
  people: number
  without?: readonly Guard[]
  /** Until everything must have come to rest, ms. */
  restMs?: number
}

/** One history: a server, its tablets, the time that all of them share, and the tester's books. */
export class World {
  readonly time = new VirtualTime()
  readonly random: Seeded
  readonly ledger = new Ledger()
  readonly without: ReadonlySet<Guard>
  readonly host: Host
  readonly devices: Device[] = []
  readonly counted: Record<string, number> = {}
  /** What was wrong while things went on. */
  readonly seen: Finding[] = []
  /** The server's last number when its file was put back for the last time: below it the history has gaps. */
  restoredAt: number | null = null
  /** What the tablets must hand in after the last restore. */
  stakes: Stake[] = []
  /** Copies of the database; those that count as backups are written down in it. */
  readonly copies: string[] = []
  #values = 0
  readonly #undo: (() => void)[] = []

  constructor(
    readonly seed: number,
    readonly setting: Setting,
  ) {
    this.random = new Seeded(seed)
    this.without = new Set(setting.without)
    this.host = new Host(this.time, { without: this.without }, (fault) => this.happened(fault))
  }

  async begin(): Promise<void> {
    const made = await template()
    this.#undo.push(drawFrom(new Seeded(this.seed + 2)))
    this.time.install()
    this.#undo.push(() => this.time.uninstall())
    copyDatabase(made, databaseFile(this.host.folder))
    const server = await this.time.outside(this.host.start())
    for (const [index, facilities] of this.setting.doctors.entries()) {
      const id = doctorId(index)
      for (const facilityId of facilities) await this.giveFacility(id, facilityId)
      this.devices.push(new Device(`tablet-${index}`, account(id, facilities), this, new Seeded(this.seed * 101 + index)))
    }
    const people = FACILITIES.flatMap((facilityId) =>
      Array.from({ length: this.setting.people }, () => {
        const id = clientNumber(this.random.bytes(12))
        return created('clients', id, { givenName: this.value(), bornOnEstimated: false, facilityId }, this.random.uuid())
      }),
    )
    if (people.length > 0) await server.records.apply(OPERATOR, people)
  }

  /** Ends everything, and leaves nothing behind for the next history. */
  async end(): Promise<void> {
    try {
      for (const device of this.devices) device.cut()
      await this.time.run(2_000)
      await this.host.close()
    } finally {
      for (const undo of this.#undo.splice(0)) undo()
    }
  }

  /** A text that stands in one change only. */
  value(): string {
    this.#values += 1
    return `v${this.seed}-${this.#values}.`
  }

  /** What the tablets say their manifest checks had to mend. */
  get repairs(): number {
    return this.devices.reduce((sum, { repairs }) => sum + repairs, 0)
  }

  count(what: string, times = 1): void {
    this.counted[what] = (this.counted[what] ?? 0) + times
  }

  /** A fault, counted where it happens. */
  happened(fault: string): void {
    this.count(`${FAULT}${fault}`)
  }

  /** How often each kind of fault happened. */
  get faults(): Record<string, number> {
    const faults = Object.entries(this.counted).filter(([name]) => name.startsWith(FAULT))
    return Object.fromEntries(faults.map(([name, times]) => [name.slice(FAULT.length), times]))
  }

  /** The tester is about to destroy a tablet's outbox: what only this tablet held is gone with it. */
  async destroyOutbox(device: Device): Promise<void> {
    const served = await this.time.outside(this.host.changeIds())
    const others = new Set(this.devices.flatMap((other) => (other === device ? [] : changeIdsOn(other))))
    this.ledger.destroyed(changeIdsOn(device), (changeId) => served.has(changeId) || others.has(changeId))
  }

  /** The mirror of this tablet is not what it was: nothing need be handed in from it. */
  destroyMirror(device: Device): void {
    this.stakes = this.stakes.filter((stake) => stake.device !== device)
  }

  #rightsChanged(accountId: string): void {
    this.stakes = this.stakes.filter(({ device }) => device.account.id !== accountId)
    this.host.live.records.rightsChanged(accountId)
  }

  async giveFacility(accountId: string, facilityId: string): Promise<void> {
    await this.#changePlaces(accountId, (places) => [...places, facilityId])
  }

  async takeFacility(accountId: string, facilityId: string): Promise<void> {
    await this.#changePlaces(accountId, (places) => places.filter((place) => place !== facilityId))
  }

  async #changePlaces(accountId: string, change: (places: string[]) => string[]): Promise<void> {
    const { database } = this.host.live
    await database.write(async (sql) => changePlaces(sql, accountId, change(await facilitiesOf(sql, accountId))))
    this.#rightsChanged(accountId)
  }
}

/** The changes that a tablet's outbox still holds whole. */
export function changeIdsOn({ disk }: Device): string[] {
  return disk.documents('outbox').flatMap((row) => (row._deleted || row.body === '' ? [] : [String(row.changeId)]))
}

/** The name of a client whose record the tester put an older one in place of. */
export const DAMAGED = 'an older name'
export const OPERATOR = { accountId: 'operator', deviceId: 'operator-1', facilities: 'all' as const }
export const doctorId = (index: number) => `doctor-${index}`

function account(id: string, facilities: readonly string[]): SignedInAccount {
  return { id, name: id, email: `${id}@example.org`, roles: ['doctor'], facilities: [...facilities] }
}

let made: Promise<string> | null = null

/** A migrated database with facilities, programs and doctors, made once for all histories. */
function template(): Promise<string> {
  made ??= makeTemplate()
  return made
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-template-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const undo = drawFrom(new Seeded(0))
  const server = await openServer({ folder, now: () => 1 })
  for (const id of FACILITIES.slice(1)) await server.records.renameFacility(id, { name: id, code: null }, OPERATOR)
  await createPrograms(server)
  await server.database.write(async (sql) => {
    for (let index = 0; index < DOCTORS; index += 1) {
      const id = doctorId(index)
      await sql.run(
        `INSERT INTO "Account" (id, email, name, "passwordHash", roles, "createdAt") VALUES (?, ?, ?, '', 'doctor', 0)`,
        id,
        `${id}@example.org`,
        id,
      )
    }
  })
  await server.close()
  undo()
  return databaseFile(folder)
}

/** Everything random in this process comes from here. @returns the way back */
function drawFrom(source: Seeded): () => void {
  const { random } = Math
  const { randomUUID } = crypto
  Math.random = source.next
  crypto.randomUUID = source.uuid as typeof crypto.randomUUID
  return () => {
    Math.random = random
    crypto.randomUUID = randomUUID
  }
}
