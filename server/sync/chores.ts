import type { Logger } from '#server/logger.ts'
import type { Records } from './records.ts'

const EVERY_MS = 3_600_000

/** What the server looks after by itself, at start and hourly. Keeps no process alive. */
export function startChores(records: Pick<Records, 'lookAfterParked' | 'purgeWhatIsLeft'>, logger: Logger): void {
  const work = () => {
    void records.lookAfterParked().catch((error) => logger.error({ err: error }, 'the parked changes could not be read'))
    void records.purgeWhatIsLeft().catch((error) => logger.error({ err: error }, 'what was erased could not be purged'))
  }
  work()
  setInterval(work, EVERY_MS).unref()
}
