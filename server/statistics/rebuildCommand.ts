import type { Services } from '#server/services.ts'

/** `npm run statistics:rebuild`: counts the totals anew, and says which were wrong. */
export async function statisticsRebuildCommand({ statistics }: Services): Promise<void> {
  const faults = await statistics.rebuild()
  for (const { key, kept, counted } of faults) process.stdout.write(`${key}: was ${kept}, is ${counted}\n`)
  process.stdout.write(faults.length === 0 ? 'All totals were right.\n' : `${faults.length} totals were wrong and are right now.\n`)
}
