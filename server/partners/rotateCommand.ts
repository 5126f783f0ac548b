import { parseArgs } from 'node:util'
import { type Config, StartProblem } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import { createSigningKeys } from './keys.ts'

const USAGE = 'use: npm run keys:rotate [-- --at-once].'

/** `npm run keys:rotate`: a new key for the tokens of partner applications, also while the server runs. */
export async function keysRotateCommand({ database }: Services, config: Config, args: string[]): Promise<void> {
  const atOnce = readAtOnce(args)
  const { kid, from } = await createSigningKeys({ config, database, now: Date.now }).rotate(atOnce)
  process.stdout.write(
    atOnce
      ? `Key ${kid} signs from now on. Tokens of the keys before are refused: partners get new ones.\n`
      : `Key ${kid} is published and signs from ${new Date(from).toISOString()} on. Nobody has to do anything.\n`,
  )
}

function readAtOnce(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { 'at-once': { type: 'boolean' } } }).values['at-once'] ?? false
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`)
  }
}
