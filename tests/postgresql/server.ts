import { startPostgresqlServer } from '../house/embeddedPostgresql.ts'

/** The server that the tests make their databases on: the one that HIMS_TEST_POSTGRESQL names, else one from npm. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HIMS_TEST_POSTGRESQL) return undefined
  const { url, stop } = await startPostgresqlServer()
  process.env.HIMS_TEST_POSTGRESQL = url
  return stop
}
