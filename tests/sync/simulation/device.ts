import type { TabletOptions } from '#app/data/createTablet.ts'
import type { Leadership } from '#app/data/leader.ts'
import type { StateChannel } from '#app/data/stateChannel.ts'
import type { Edit, Tablet } from '#app/data/tablet.ts'
import type { Wiping } from '#app/data/wipe.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { CollectionName } from '#domain/collections.ts'
import type { Seeded } from '../seeded.ts'
import { Disk } from './disk.ts'
import { Air } from './network.ts'
import { givePage, type Page, takePage } from './pages.ts'
import { Power } from './power.ts'
import type { World } from './world.ts'

/** One tab of a tablet, while it is open. */
export interface Tab {
  page: Page
  power: Power
  tablet: Tablet | null
  lead: (() => () => void) | null
  /** What it has told the other tabs. */
  said: Parameters<Parameters<StateChannel['onState']>[0]>[0]
  heard: {
    state: Parameters<StateChannel['onState']>[0]
    ask: Parameters<StateChannel['onAsk']>[0]
    presence: Parameters<StateChannel['onPresence']>[0]
  }
}

/** RxDB takes two databases of one name for the same one, in all histories that a page lives through. */
let opened = 0

/** One tablet: its disk, its wrong clock, its air, and the tabs that are open on it. */
export class Device {
  disk = new Disk()
  readonly air: Air
  readonly tabs: Tab[] = []
  /** Its clock minus the true one, ms. */
  clockOffset = 0
  /** Kept outside the databases, as the browser's localStorage is. */
  wiping: Wiping | null = null
  unsent = 0
  /** Records of its mirror that the tester has damaged; the disk it was copied from may have had some. */
  damaged = 0
  /** It was revoked and has wiped itself, or it was thrown away. */
  isGone = false
  isRevoked = false
  #leading: { tab: Tab; stop: () => void } | null = null

  constructor(
    readonly name: string,
    readonly account: SignedInAccount,
    readonly world: World,
    readonly random: Seeded,
  ) {
    this.air = new Air(world.time, random, world.host, (fault) => world.happened(fault))
    this.putIn(this.disk)
  }

  putIn(disk: Disk): void {
    this.disk = disk
    const inMirror = (name: CollectionName, id: string) => disk.documents(name, '-mirror').some((row) => row.id === id && !row._deleted)
    disk.onWritten = this.world.ledger.watch(this.name, () => this.world.time.now, inMirror)
  }

  get tablet(): Tablet | null {
    return this.tabs.find(({ tablet }) => tablet !== null)?.tablet ?? null
  }

  /** Records that its manifest checks say they had to mend. */
  get repairs(): number {
    return this.tablet?.sync().repairs ?? 0
  }

  /** Opens a tab. @returns null when the power went while it opened */
  async open(): Promise<Tab | null> {
    const { world } = this
    const page = await takePage()
    opened += 1
    let wasCut: () => void = () => undefined
    const cut = new Promise<void>((resolve) => {
      wasCut = resolve
    })
    const gone = () => {
      wasCut()
      this.#gone(tab)
    }
    const power = new Power(`${opened}`, world.time, this.random, gone, (fault) => world.happened(fault))
    const tab: Tab = {
      page,
      power,
      tablet: null,
      lead: null,
      said: {},
      heard: { state: () => undefined, ask: null, presence: () => undefined },
    }
    page.clock.now = () => this.#clock()
    this.tabs.push(tab)
    const opening = page.createTablet(this.#options(tab)).then((tablet) => {
      if (power.on) tab.tablet = tablet
    })
    await world.time.until(Promise.race([opening, cut]))
    return power.on ? tab : null
  }

  /** Closes a tab as a person does. */
  async close(tab: Tab): Promise<void> {
    if (!tab.power.on) return
    await this.world.time.until(tab.tablet?.close() ?? Promise.resolve()).catch(() => undefined)
    tab.power.cut()
  }

  /** The battery, all tabs at once. */
  cut(): void {
    for (const { power } of [...this.tabs]) power.cut()
  }

  async off(): Promise<void> {
    for (const tab of [...this.tabs]) await this.close(tab)
  }

  /** Another tab takes the lock, as one that comes into view does. @returns whether there is another */
  steal(): boolean {
    const next = this.tabs.find((tab) => tab !== this.#leading?.tab && tab.lead !== null)
    if (next === undefined) return false
    this.#leading?.stop()
    this.#leading = null
    this.#elect(next)
    return true
  }

  /** Saves in one of the open tabs, without waiting for the end; the ledger hears of it. */
  save(edit: Edit): void {
    const open = this.tabs.filter(({ tablet }) => tablet !== null)
    const tab = open.length > 1 ? this.random.pick(open) : open[0]
    if (tab?.tablet == null) return
    tab.tablet.save(edit).then(
      () => {
        if (tab.power.on) this.world.ledger.said(this.name, edit)
      },
      (error: Error) => this.world.count(`not saved: ${error.name}`),
    )
  }

  #gone(tab: Tab): void {
    this.tabs.splice(this.tabs.indexOf(tab), 1)
    if (this.#leading?.tab === tab) this.#leading = null
    givePage(tab.page)
    const [next] = this.tabs.filter(({ lead }) => lead !== null)
    if (this.#leading === null && next) this.#elect(next)
  }

  #elect(tab: Tab): void {
    if (tab.lead === null) return
    const stop = tab.lead()
    this.#leading = { tab, stop }
  }

  #clock(): number {
    return Math.max(1, this.world.time.now + this.clockOffset)
  }

  #options(tab: Tab): TabletOptions {
    const { world, account, random, air } = this
    const { power } = tab
    return {
      account,
      databases: { storage: this.disk.storage(tab.page.memory, power), name: 'hims', multiInstance: false },
      connect: (credentials) => air.way(account.id, credentials, () => power.on),
      leadership: this.#leadership(tab),
      channel: this.#channel(tab),
      app: 'simulation',
      now: () => this.#clock(),
      random: random.next,
      randomBytes: (count) => random.bytes(count),
      newId: random.uuid,
      wait: (ms) => world.time.wait(ms).then(() => (power.on ? undefined : new Promise<void>(() => undefined))),
      visible: () => true,
      unsentCounts: {
        note: (count) => {
          this.unsent = count
        },
        all: () => [{ account: account.id, count: this.unsent }],
      },
      wiping: {
        read: () => this.wiping,
        write: (wiping) => {
          this.wiping = wiping
        },
      },
      onGone: () => undefined,
      without: world.without,
    }
  }

  #leadership(tab: Tab): Leadership {
    return {
      run: (lead) => {
        tab.lead = lead
        if (this.#leading === null) this.#elect(tab)
      },
      close: () => {
        tab.lead = null
        if (this.#leading?.tab !== tab) return
        this.#leading.stop()
        this.#leading = null
        const next = this.tabs.find(({ lead }) => lead !== null)
        if (next) this.#elect(next)
      },
    }
  }

  /** The tabs of a tablet hear each other a little later. */
  #channel(tab: Tab): StateChannel {
    const others = (say: (heard: Tab['heard']) => void) => {
      for (const other of this.tabs) if (other !== tab) other.power.inTurn(() => say(other.heard))
    }
    return {
      post: (state) => {
        tab.said = { ...tab.said, ...state }
        others((heard) => heard.state(state))
      },
      onState: (listener) => {
        tab.heard.state = listener
        // Who joins is told what has been said.
        for (const other of this.tabs) if (other !== tab) tab.power.inTurn(() => listener(other.said))
      },
      ask: async (event, body) => {
        const leader = this.#leading?.tab
        return leader && leader !== tab ? ((await leader.heard.ask?.(event, body)) ?? null) : null
      },
      onAsk: (answer) => {
        tab.heard.ask = answer
      },
      postPresence: (presence) => others((heard) => heard.presence(presence)),
      onPresence: (listener) => {
        tab.heard.presence = listener
      },
      silence: () => {
        tab.said = {}
      },
      close: () => undefined,
    }
  }
}
