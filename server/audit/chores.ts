import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'

const CHECKPOINT_EVERY_MS = 1_000
const RETENTION_EVERY_MS = 3_600_000

/** What the audit log looks after by itself. Keeps no process alive. */
export function startAuditChores({ checkpoints, retention }: Pick<Services, 'checkpoints' | 'retention'>, logger: Logger): void {
  repeat(CHECKPOINT_EVERY_MS, checkpoints.look, (error) => logger.error({ err: error }, 'the audit log could not be signed'))
  repeat(RETENTION_EVERY_MS, retention.prune, (error) => logger.error({ err: error }, 'old audit events could not be removed'))
}

/** At once and then again, one run at a time. */
function repeat(everyMs: number, work: () => Promise<unknown>, failed: (error: unknown) => void): void {
  const again = () =>
    void work()
      .catch(failed)
      .finally(() => setTimeout(again, everyMs).unref())
  again()
}
