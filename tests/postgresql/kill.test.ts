import { startPostgresqlServer } from '../house/embeddedPostgresql.ts'
import { openNodes } from '../processes/clinic.ts'
import { proveKills } from '../processes/killing.ts'

proveKills('of three nodes and of PostgreSQL', async (doctors) => {
  // One of its own: when it dies, no other test may be at work on it.
  const server = await startPostgresqlServer()
  process.env.HIMS_TEST_POSTGRESQL = server.url
  const clinic = await openNodes(doctors)
  return {
    ...clinic,
    async remove() {
      await clinic.remove()
      await server.stop()
    },
  }
})
