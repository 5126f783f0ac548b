import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import { refused } from '#app/session/refused.ts'
import type { ProblemCode } from '#domain/problem.ts'
import { arrival } from './arrival.ts'
import { cookiesOf } from './cookies.ts'
import { type EntryAnswers, readEntry, type Typed } from './entryForm.ts'
import { tooMany } from './refusedEntry.ts'

/** The server's side of the two pages behind a link: set-up and invitation. A look uses nothing up, only the form does. */

const DEAD = { 'not-found': 404, expired: 410, 'already-used': 410 } as const satisfies Partial<Record<ProblemCode, number>>
export type DeadLink = keyof typeof DEAD

type Kind = 'setup' | 'invite'
type Context = LoaderFunctionArgs['context']
type Meta = Parameters<Context['services']['accounts']['acceptInvitation']>[2]
type View = Awaited<ReturnType<Context['services']['accounts']['invitation']>>

export async function lookAtLink({ context, params }: LoaderFunctionArgs, kind: Kind, meta: Meta) {
  const found = await openLink(context, params.token ?? '', kind, meta)
  return typeof found === 'string' ? data({ problem: found }, { status: DEAD[found] }) : { view: found }
}

async function openLink(context: Context, token: string, kind: Kind, meta: Meta): Promise<View | DeadLink> {
  try {
    const view = await context.services.accounts.invitation(token, meta)
    return view.kind === kind ? view : 'not-found'
  } catch (error) {
    const problem = refused(error)
    if (problem.code === 'too-many') throw tooMany(problem)
    return deadLink(problem.code) ?? 'not-found'
  }
}

export async function enter({ context, params, request }: ActionFunctionArgs, kind: Kind, meta: Meta) {
  const { accounts } = context.services
  const token = params.token ?? ''
  const view = await openLink(context, token, kind, meta)
  if (typeof view === 'string') return data({ problem: view }, { status: DEAD[view] })
  const read = readEntry(await request.formData())
  if ('mistakes' in read) return unclear(read.mistakes, read.typed)
  const mistakes = checkPerson(context, view, read.answers)
  if (mistakes !== null) return unclear(mistakes, read.typed)
  try {
    const { alsoDoctor, ...person } = read.answers
    const entry = await accounts.acceptInvitation(token, { ...person, alsoDoctor: alsoDoctor === 'yes' }, meta)
    // In the same document: the page still knows the password, which makes the tablet's key.
    return redirect(arrival(entry.account, null), { headers: cookiesOf(entry) })
  } catch (error) {
    const { code } = refused(error)
    const dead = deadLink(code)
    return dead === null ? unclear({ password: code }, read.typed) : data({ problem: dead }, { status: DEAD[dead] })
  }
}

function checkPerson({ services }: Context, view: View, { email, password }: EntryAnswers): Mistakes | null {
  const signsInAs = view.email ?? email
  if (signsInAs === undefined) return { email: 'email-needed' }
  const weakness = services.accounts.passwordWeakness(password, signsInAs)
  return weakness === null ? null : { password: `password-${weakness}` satisfies MistakeWord }
}

function unclear(mistakes: Mistakes, typed: Typed) {
  return data({ mistakes, typed }, { status: 'password' in mistakes && mistakes.password === 'busy' ? 503 : 400 })
}

function deadLink(code: ProblemCode): DeadLink | null {
  return code in DEAD ? (code as DeadLink) : null
}
