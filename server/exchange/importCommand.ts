import { audit } from '#server/audit/audit.ts'
import type { Config } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import { type ImportArguments, readArguments } from './importArguments.ts'
import { importFacility } from './importFacility.ts'
import { createProgress } from './progress.ts'
import { readPeople } from './readPeople.ts'
import { takePeople } from './slices.ts'
import { type Line, lineText, type Summary, summaryText } from './summary.ts'
import { fileSize } from './textFile.ts'
import { onTrialCopy } from './trialCopy.ts'

/** `npm run import`. Rows that cannot be taken are told and passed over; throws `StartProblem` for a file that cannot be read. */
export async function importCommand(services: Services, config: Config, args: string[]): Promise<void> {
  const options = readArguments(args)
  const lines: Line[] = []
  const work = (over: Services) => importFiles(over, config, options, lines)
  const summary = await (options.dryRun ? onTrialCopy(services, config, work) : work(services))
  if (options.asJson) return print(JSON.stringify({ dryRun: options.dryRun, ...summary, lines }))
  if (options.dryRun) print('This was a trial: nothing was kept.')
  print(summaryText(summary))
}

async function importFiles(services: Services, config: Config, options: ImportArguments, lines: Line[]): Promise<Summary> {
  const { files, system, facility, asJson } = options
  let total = 0
  for (const file of files) total += await fileSize(file)
  const at = Date.now()
  const facilityId = await importFacility(services, facility, at)
  const progress = createProgress(total, process.stderr, Date.now)
  const tell = (line: Line) => {
    if (asJson) return void lines.push(line)
    progress.clear()
    print(lineText(line))
  }
  const people = readPeople({ files, system, at, timeZone: config.timeZone, onBytes: progress.bytes })
  let outcome: 'success' | 'failure' = 'failure'
  try {
    const summary = await takePeople(services.records, people, facilityId, tell, progress.people)
    outcome = 'success'
    return summary
  } finally {
    progress.clear()
    await services.database.write((sql) =>
      audit(sql, { at: Date.now(), action: 'exchange.import', outcome, actorId: 'import', subject: facilityId, route: 'import' }),
    )
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
