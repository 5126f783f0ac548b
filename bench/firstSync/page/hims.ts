import { openTablet } from '#app/data/openTablet.ts'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { offerMeasure } from './measure.ts'

/** The real device code, from nothing until the tablet says that its first sync is done. */
offerMeasure<SessionAnswer & { account: SignedInAccount }>(async (session) => {
  const tablet = await openTablet(session)
  await new Promise<void>((done) => {
    const look = () => {
      if (tablet.sync().firstSync === 'done') done()
    }
    tablet.subscribe(look)
    look()
  })
  // Read as a screen reads it, so that a view that is made late is paid for here too.
  Object.assign(globalThis, { received: tablet.records('clients').length })
})
