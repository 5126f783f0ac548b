import { parseArgs } from 'node:util'
import { z } from 'zod'
import { StartProblem } from '#server/config.ts'
import { CHOOSABLE, type ChosenColumns, type Meaning } from './columns.ts'

const USAGE = 'use: npm run import -- FILE... [--facility ID-or-name] [--source NAME] [--dry-run] [--json [--progress]] [--columns JSON].'

export interface ImportArguments {
  files: string[]
  facility: string | null
  /** Tells two systems apart that use one heading for their identifiers. */
  system: string | null
  dryRun: boolean
  asJson: boolean
  /** Besides, how far it is: a line of JSON now and then, before the result's. */
  tellsProgress: boolean
  columns: ChosenColumns
  /** Who is responsible, for the audit log. */
  by: string
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
    tellsProgress: values.progress ?? false,
    columns: readColumns(values.columns ?? '{}'),
    by: values.by ?? 'import',
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        facility: { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
        progress: { type: 'boolean' },
        columns: { type: 'string' },
        by: { type: 'string' },
      },
    })
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`)
  }
}

const columnsShape = z.record(z.string(), z.enum(CHOOSABLE as [Meaning, ...Meaning[]]).nullable())

function readColumns(text: string): ChosenColumns {
  try {
    return columnsShape.parse(JSON.parse(text))
  } catch {
    const example = JSON.stringify({ Jina: 'fullName', Kijiji: null })
    throw new StartProblem(
      `--columns is not a list of headings and meanings such as '${example}'; the meanings are: ${CHOOSABLE.join(', ')}.`,
    )
  }
}
