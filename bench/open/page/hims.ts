import { openTablet } from '#app/data/openTablet.ts'
import { recentClients } from '#app/features/search/recentClients.ts'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { benchKey } from '../../benchKey.ts'
import { offerMeasure } from '../../firstSync/page/measure.ts'

/** As many as the first page lists. */
const LISTED = 20

/** The real device code over what an earlier browser has stored, until the first list could be drawn, and until all is there. */
offerMeasure<SessionAnswer & { account: SignedInAccount }>(async (session, mark) => {
  const tablet = await openTablet(session, await benchKey(), { key: async () => undefined, account: () => undefined })
  await new Promise<void>((done) => {
    const look = () => {
      if (recentClients(tablet.records('clients'), LISTED).length > 0) mark('list')
      if (tablet.sync().loaded) done()
    }
    tablet.subscribe(look)
    look()
  })
  Object.assign(globalThis, { received: tablet.records('clients').length })
})
