import { parseArgs } from 'node:util'
import { SCOPES } from '#domain/partners/api.ts'
import { applicationSettings, type NewApplication } from '#domain/partners/application.ts'
import { type Config, StartProblem } from '#server/config.ts'
import type { Applications } from './applications.ts'

const USAGE = 'use: npm run partner:create -- --name NAME --scope clients.read [--programs HIV-001,TB-001] [--json].'

/** Makes a partner application and prints its credentials, the secret for the only time. Throws `StartProblem` for bad input. */
export async function partnerCreateCommand(services: { applications: Applications }, config: Config, args: string[]): Promise<void> {
  const { application, asJson } = readArguments(args)
  const actor = { accountId: null, route: 'partner:create' }
  const { clientId, clientSecret } = await services.applications.create(application, actor)
  const text = asJson
    ? JSON.stringify({ client_id: clientId, client_secret: clientSecret })
    : words(application.name, clientId, clientSecret, config.origin)
  process.stdout.write(`${text}\n`)
}

function readArguments(args: string[]): { application: NewApplication; asJson: boolean } {
  const { name, scope, programs, json } = parse(args)
  const given = { name, scopes: scope?.flatMap(listed), programs: programs === undefined ? 'all' : listed(programs) }
  const parsed = applicationSettings.safeParse(given)
  if (!parsed.success) throw new StartProblem(`${expected(String(parsed.error.issues[0]?.path[0]))}; ${USAGE}`)
  return { application: parsed.data, asJson: json ?? false }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        name: { type: 'string' },
        scope: { type: 'string', multiple: true },
        programs: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`)
  }
}

function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '')
}

function expected(option: string): string {
  if (option === 'name') return '--name is missing or has more than 120 characters'
  if (option === 'scopes') return `--scope must be one of: ${SCOPES.join(', ')}`
  return '--programs must be program codes with commas between them, such as HIV-001,TB-001'
}

function words(name: string, clientId: string, clientSecret: string, origin: string): string {
  return [
    `${name} can now ask ${origin}/api/auth/token/ for tokens.`,
    `client_id:     ${clientId}`,
    `client_secret: ${clientSecret}`,
    'The secret is shown only now: put it where the partner keeps secrets.',
  ].join('\n')
}
