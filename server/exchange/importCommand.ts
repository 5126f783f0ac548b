import { audit } from '#server/audit/audit.ts'
import type { Config } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import { type ImportArguments, readArguments } from './importArguments.ts'
import { importFacility } from './importFacility.ts'
import { createProgress, type Progress, progressLines } from './progress.ts'
import { readPeople } from './readPeople.ts'
import { takePeople } from './slices.ts'
import { type Line, lineText, type Summary, summaryText } from './summary.ts'
import { fileSize } from './textFile.ts'
import { type Into, onTrialCopy } from './trialCopy.ts'

/** What `--json` prints at the end. */
export interface ImportResult extends Summary {
  dryRun: boolean
  lines: Line[]
}

/** `npm run import`. Rows that cannot be taken are told and passed over; throws `StartProblem` for a file that cannot be read. */
export async function importCommand(services: Services, config: Config, args: string[]): Promise<void> {
  const options = readArguments(args)
  const total = await bytesOf(options.files)
  const progress = options.tellsProgress ? progressLines(total, print, Date.now) : createProgress(total, process.stderr, Date.now)
  const result = await runImport(services, config, options, progress, (line) => {
    if (options.asJson) return
    progress.clear()
    print(lineText(line))
  })
  if (options.asJson) return print(JSON.stringify(result))
  if (options.dryRun) print('This was a trial: nothing was kept.')
  print(summaryText(result))
}

/** An import or a trial of one, as the arguments say. @param onLine told of each row that was not taken over as it is */
export async function runImport(
  services: Into,
  config: Config,
  options: ImportArguments,
  progress: Progress,
  onLine: (line: Line) => void,
): Promise<ImportResult> {
  const lines: Line[] = []
  const work = (into: Into) =>
    importFiles(into, config, options, progress, (line) => {
      lines.push(line)
      onLine(line)
    })
  const summary = await (options.dryRun ? onTrialCopy(services, config, work) : work(services))
  return { dryRun: options.dryRun, ...summary, lines }
}

async function importFiles(
  into: Into,
  config: Config,
  { files, system, facility, columns, by }: ImportArguments,
  progress: Progress,
  onLine: (line: Line) => void,
): Promise<Summary> {
  const at = Date.now()
  const facilityId = await importFacility(into, facility, at)
  const people = readPeople({ files, system, at, timeZone: config.timeZone, columns, onBytes: progress.bytes })
  let outcome: 'success' | 'failure' = 'failure'
  try {
    const summary = await takePeople(into.records, people, facilityId, onLine, progress.people)
    outcome = 'success'
    return summary
  } finally {
    progress.clear()
    await into.database.write((sql) =>
      audit(sql, { at: Date.now(), action: 'exchange.import', outcome, actorId: by, subject: facilityId, route: 'import' }),
    )
  }
}

async function bytesOf(files: readonly string[]): Promise<number> {
  let total = 0
  for (const file of files) total += await fileSize(file)
  return total
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
