/// <reference lib="webworker" />
import { PrecacheController, type PrecacheEntry, PrecacheRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'

/** As many connections as a browser opens to one server. */
const AT_ONCE = 6

type Installed = Awaited<ReturnType<PrecacheController['install']>>

/**
 * Workbox asks for one file after the other, and each then waits for the whole way there and back: over a satellite that is
 * minutes until a new tablet works without a network. Several at a time, and no more than the line carries.
 */
class PrecacheTogether extends PrecacheController {
  readonly #revisions: ReadonlyMap<string, string | null | undefined>

  constructor(entries: readonly PrecacheEntry[]) {
    super()
    this.#revisions = new Map(entries.map(({ url, revision }) => [new URL(url, location.href).href, revision]))
  }

  override install(event: ExtendableEvent): Promise<Installed> {
    const installed = this.#fetchAll(event)
    event.waitUntil(installed)
    return installed
  }

  async #fetchAll(event: ExtendableEvent): Promise<Installed> {
    const left = [...this.getURLsToCacheKeys()]
    const next = async (): Promise<void> => {
      for (let entry = left.shift(); entry !== undefined; entry = left.shift()) await this.#fetch(event, ...entry)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, next))
    return { updatedURLs: [], notUpdatedURLs: [] }
  }

  async #fetch(event: ExtendableEvent, url: string, cacheKey: string): Promise<void> {
    // A name that holds what the file is never changes; of any other the browser's own copy may be old.
    const cache = this.#revisions.get(url) ? 'reload' : 'default'
    const request = new Request(url, { cache, credentials: 'same-origin' })
    await Promise.all(this.strategy.handleAll({ params: { cacheKey }, request, event }))
  }
}

/** Keeps these files, and answers with them. */
export function keepAndServe(entries: PrecacheEntry[], options: ConstructorParameters<typeof PrecacheRoute>[1]): void {
  const controller = new PrecacheTogether(entries)
  controller.precache(entries)
  registerRoute(new PrecacheRoute(controller, options))
}
