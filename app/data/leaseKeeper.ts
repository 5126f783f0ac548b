import type { DeviceNotes } from './device.ts'
import { type Lease, leaseOf, passed, renewed } from './lease.ts'

export interface LeaseKeeperOptions {
  device: DeviceNotes
  now: () => number
  /** ms by a clock that nobody sets */
  uptime: () => number
}

/** Keeps the lease with what the device knows of itself, so that it goes on through restarts. */
export class LeaseKeeper {
  #askedAt: number

  constructor(readonly options: LeaseKeeperOptions) {
    this.#askedAt = options.uptime()
  }

  /** To be asked each minute. @param inContact the server is there */
  async look(inContact: boolean): Promise<Lease> {
    const { device, now, uptime } = this.options
    const used = uptime() - this.#askedAt
    this.#askedAt += used
    const known = device.read('lease')
    // A tablet that was in use before there were leases begins one.
    const note = inContact || known.contactAt === 0 ? renewed(now()) : passed(known, now(), used)
    await device.write('lease', note)
    return leaseOf(note, device.read('contact').leaseDays)
  }
}
