import { openTablet } from '#app/data/openTablet.ts'
import { searchClients } from '#app/features/search/searchClients.ts'
import { buildIndex } from '#app/features/search/searchIndex.ts'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { benchKey } from '../../benchKey.ts'
import { offerMeasure } from './measure.ts'

/** The real device code, from nothing until the tablet says that its first sync is done. */
offerMeasure<SessionAnswer & { account: SignedInAccount }>(async (session, mark) => {
  const tablet = await openTablet(session, await benchKey(), { key: async () => undefined, account: () => undefined })
  await new Promise<void>((done) => {
    let searched = false
    const look = () => {
      const clients = tablet.records('clients')
      if (!searched && clients.length > 0) {
        searched = true
        const index = buildIndex(clients.map(({ record }) => record))
        if (searchClients(index, clients[0]?.record.familyName ?? '', 20).total > 0) mark('searchable')
      }
      if (tablet.sync().firstSync === 'done') done()
    }
    tablet.subscribe(look)
    look()
  })
  // Read as a screen reads it, so that a view that is made late is paid for here too.
  Object.assign(globalThis, { received: tablet.records('clients').length })
})
