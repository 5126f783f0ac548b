import { type BrowserContext, test as base } from '@playwright/test'
import { HimsServer } from './server.ts'
import { TabletBrowser } from './steps/tablet.ts'
import { Watch } from './watch.ts'

interface Fixtures {
  /** A server of its own with nothing in it, for tests that stop it or begin at the beginning. */
  fresh: HimsServer
  /** Notes errors and foreign requests of the contexts it is given; judged when the test ends. */
  watch: (server: HimsServer) => Watch
  /** A browser of somebody else: cookies, storage and service worker of its own. */
  browserOf: (server: HimsServer) => Promise<BrowserContext>
  /** A browser with a profile on the disk, at work with `fresh`. */
  tablet: TabletBrowser
  /** A demo clinic that the tests may stop, kill and put back; it runs when a test begins. */
  district: HimsServer
}

interface WorkerFixtures {
  /** The demo clinic, shared by the tests of one worker. */
  clinic: HimsServer
  districtServer: HimsServer
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  fresh: async ({}, use) => {
    const server = await HimsServer.started()
    await use(server)
    await server.remove()
  },
  clinic: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => demoClinic(use),
    { scope: 'worker', timeout: 90_000 },
  ],
  districtServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => demoClinic(use),
    { scope: 'worker', timeout: 90_000 },
  ],
  district: async ({ districtServer }, use) => {
    if (!districtServer.running) await districtServer.start()
    await use(districtServer)
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  watch: async ({}, use) => {
    const watches = new Map<HimsServer, Watch>()
    await use((server) => {
      const watch = watches.get(server) ?? new Watch(server)
      watches.set(server, watch)
      return watch
    })
    for (const watch of watches.values()) watch.expectClean()
  },
  browserOf: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (server) => {
      const context = watch(server).over(await browser.newContext({ baseURL: server.origin }))
      contexts.push(context)
      return context
    })
    for (const context of contexts) await context.close()
  },
  tablet: async ({ fresh, watch }, use, info) => {
    const tablet = new TabletBrowser(fresh, watch(fresh), info)
    await use(tablet)
    await tablet.remove()
  },
})

async function demoClinic(use: (server: HimsServer) => Promise<void>): Promise<void> {
  const server = await HimsServer.started({ DEMO: '1' })
  await use(server)
  await server.remove()
}

export { expect } from '@playwright/test'
