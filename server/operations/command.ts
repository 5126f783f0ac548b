import { inviteCommand } from '#server/accounts/inviteCommand.ts'
import { type Config, readConfig, StartProblem } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { importCommand } from '#server/exchange/importCommand.ts'
import { partnerCreateCommand } from '#server/partners/createCommand.ts'
import { createServices, type Services } from '#server/services.ts'

/** The commands of `npm run`. Each may run beside the server: it uses the same database. */
const commands: Record<string, (services: Services, config: Config, args: string[]) => Promise<void>> = {
  'admin:invite': inviteCommand,
  'partner:create': partnerCreateCommand,
  import: importCommand,
}

async function run([name = '', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new StartProblem(`There is no command "${name}"; there are: ${Object.keys(commands).join(', ')}.`)
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
