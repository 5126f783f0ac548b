import { parseArgs } from 'node:util'
import { StartProblem } from '#server/config.ts'

const USAGE = 'use: npm run import -- FILE... [--facility ID-or-name] [--source NAME] [--dry-run] [--json].'

export interface ImportArguments {
  files: string[]
  facility: string | null
  /** Tells two systems apart that use one heading for their identifiers. */
  system: string | null
  dryRun: boolean
  asJson: boolean
}

/** Throws `StartProblem`. */
export function readArguments(args: string[]): ImportArguments {
  const { values, positionals } = parse(args)
  if (positionals.length === 0) throw new StartProblem(`No file was named; ${USAGE}`)
  return {
    files: positionals,
    facility: values.facility ?? null,
    system: values.source ?? null,
    dryRun: values['dry-run'] ?? false,
    asJson: values.json ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { facility: { type: 'string' }, source: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    })
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`)
  }
}
