import { parseArgs } from 'node:util'
import { ROLES, type Role } from '#domain/access/access.ts'
import { emailAddress } from '#domain/accounts/account.ts'
import { Refusal } from '#domain/problem.ts'
import { type Config, StartProblem } from '#server/config.ts'
import type { Services } from '#server/services.ts'

/** `npm run admin:invite -- --email X --role doctor [--facility ID] [--json]`. For an address that has an account it brings its person back. */
export async function inviteCommand({ accounts }: Pick<Services, 'accounts'>, config: Config, args: string[]): Promise<void> {
  const { email, role, facilities, json } = readArguments(args)
  const meta = { route: 'admin:invite' }
  const recovery = await accounts.recoveryLink(email, [role], meta)
  const { link, expiresAt } = recovery ?? (await accounts.invite('operator', { email, roles: [role], facilities }, meta).catch(explain))
  const until = new Date(expiresAt).toISOString()
  const offer = recovery === null ? `can become ${role}` : `${RECOVERS} (and is ${role} from then on)`
  const sentence = `${email} ${offer} with this link, once, until ${until} (time zone of the clinic: ${config.timeZone}):\n${link}`
  process.stdout.write(`${json ? JSON.stringify({ link, email, role, expires_at: until }) : sentence}\n`)
}

const RECOVERS = 'has an account: its person can choose a new password, is enabled again and has no second factor any more'

function readArguments(args: string[]) {
  const values = parse(args)
  const email = emailAddress.safeParse(values.email)
  if (!email.success) throw new StartProblem('Say who is invited: --email name@example.org')
  return { email: email.data, role: readRole(values.role), facilities: values.facility ?? [], json: values.json ?? false }
}

function parse(args: string[]) {
  try {
    const options = {
      email: { type: 'string' },
      role: { type: 'string' },
      facility: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : String(error))
  }
}

function readRole(role: string | undefined): Role {
  const known = ROLES.find((name) => name === role)
  if (known === undefined) throw new StartProblem(`Say the role with --role: one of ${ROLES.join(', ')}`)
  return known
}

function explain(error: unknown): never {
  if (error instanceof Refusal) throw new StartProblem(`No invitation was made: ${error.message}.`)
  throw error
}
