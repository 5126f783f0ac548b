import type { Logger } from '#server/logger.ts'
import type { Dependencies } from '#server/services.ts'
import { KNOWN_FOR_MS } from './knownDevices.ts'
import type { Throttle } from './throttle.ts'

const EVERY_MS = 3_600_000
/** What became of a reset can be looked up in the audit log. */
const RESETS_FOR_MS = 30 * 86_400_000

interface Parts extends Pick<Dependencies, 'database' | 'now'> {
  throttle: Throttle
}

/** Throws away what is over and opens nothing any more. */
export async function sweepAccounts({ database, now, throttle }: Parts): Promise<void> {
  await throttle.sweep()
  await database.writePrisma(async (prisma) => {
    await prisma.signInStep.deleteMany({ where: { expiresAt: { lte: now() } } })
    await prisma.session.deleteMany({ where: { expiresAt: { lte: new Date(now()) } } })
    await prisma.passwordReset.deleteMany({ where: { expiresAt: { lte: now() - RESETS_FOR_MS } } })
    await prisma.knownDevice.deleteMany({ where: { lastUsedAt: { lte: now() - KNOWN_FOR_MS } } })
  })
}

/** At start and hourly. Keeps no process alive. */
export function startSweeping({ sweep }: { sweep: () => Promise<void> }, logger: Logger): void {
  const work = () => void sweep().catch((error) => logger.error({ err: error }, 'the accounts could not be swept'))
  work()
  setInterval(work, EVERY_MS).unref()
}
