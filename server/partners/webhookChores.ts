import type { Database } from '#server/database/database.ts'
import type { Logger } from '#server/logger.ts'
import type { Webhooks } from './webhooks.ts'

const EVERY_MS = 1_000

/** Tells applications what is due. Keeps no process alive. */
export function startWebhooks({ deliver }: Pick<Webhooks, 'deliver'>, { alone }: Pick<Database, 'alone'>, logger: Logger): void {
  const again = () =>
    void alone('webhooks', deliver)
      .catch((error) => logger.error({ err: error }, 'applications could not be told of changes'))
      .finally(() => setTimeout(again, EVERY_MS).unref())
  again()
}
