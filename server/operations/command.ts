import { inviteCommand } from '#server/accounts/inviteCommand.ts'
import { type Config, readConfig, StartProblem } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { importCommand } from '#server/exchange/importCommand.ts'
import { partnerCreateCommand } from '#server/partners/createCommand.ts'
import { keysRotateCommand } from '#server/partners/rotateCommand.ts'
import { createServices, type Services } from '#server/services.ts'
import { statisticsRebuildCommand } from '#server/statistics/rebuildCommand.ts'
import { auditVerifyCommand } from './auditVerifyCommand.ts'
import { backupCommand } from './backupCommand.ts'
import { doctorCommand } from './doctorCommand.ts'
import { moveCommand } from './moveCommand.ts'
import { restoreCommand } from './restoreCommand.ts'

/** The commands of `npm run`. Each may run beside the server: it uses the same database. */
const commands: Record<string, (services: Services, config: Config, args: string[]) => Promise<void>> = {
  'admin:invite': inviteCommand,
  'partner:create': partnerCreateCommand,
  import: importCommand,
  backup: backupCommand,
  'keys:rotate': keysRotateCommand,
  'statistics:rebuild': statisticsRebuildCommand,
}

/** Those that need the database for themselves, must not change it, or take one that cannot be opened any more. */
const alone: Record<string, (config: Config, args: string[]) => Promise<void>> = {
  restore: restoreCommand,
  'audit:verify': auditVerifyCommand,
  doctor: doctorCommand,
  'database:move': moveCommand,
}

async function run([name = '', ...args]: string[]): Promise<void> {
  const lonely = Object.hasOwn(alone, name) ? alone[name] : undefined
  if (lonely) return lonely(readConfig(), args)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const known = [...Object.keys(commands), ...Object.keys(alone)]
  if (command === undefined) throw new StartProblem(`There is no command "${name}"; there are: ${known.join(', ')}.`)
  const config = readConfig()
  const database = await openDatabase(config.databaseUrl)
  try {
    await command(createServices(config, database), config, args)
  } finally {
    await database.close()
  }
}

run(process.argv.slice(2)).catch((error) => {
  const known = error instanceof StartProblem
  process.stderr.write(`${known ? error.message : `The command failed: ${error instanceof Error ? error.stack : error}`}\n`)
  process.exitCode = 1
})
