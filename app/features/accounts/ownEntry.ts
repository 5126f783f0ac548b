import { data } from '@remix-run/node'
import { z } from 'zod'
import { PASSWORD_LENGTH } from '#domain/accounts/account.ts'
import { line } from '#domain/scalars.ts'
import { type Asked, answered, type OwnAnswer } from './ownAnswer.ts'
import { beginFactor, confirmFactor, endFactor, renewRecoveryCodes } from './ownFactorEntry.ts'
import { weaknessWord } from './resetEntry.ts'

/** The server's side of the page "My account": each form says its intent. */
const intents: Record<string, (asked: Asked) => Promise<OwnAnswer>> = {
  rename,
  password: changePassword,
  'end-session': endSession,
  'end-others': endOthers,
  'factor-begin': beginFactor,
  'factor-confirm': confirmFactor,
  'factor-end': endFactor,
  'recovery-codes': renewRecoveryCodes,
}

export async function changeOwn(asked: Asked) {
  const intent = String(asked.form.get('intent'))
  const handle = Object.hasOwn(intents, intent) ? intents[intent] : undefined
  if (handle === undefined) throw data(null, { status: 400 })
  const answer = await handle(asked)
  if (answer.wait !== undefined) return data(answer, { status: 429, headers: { 'Retry-After': String(answer.wait) } })
  return data(answer, { status: answer.mistakes === undefined ? 200 : 400 })
}

const name = z.string().trim().pipe(line(120))
const typed = z.object({
  current: z.string().min(1).max(PASSWORD_LENGTH.max),
  password: z.string().min(1).max(PASSWORD_LENGTH.max),
})

async function rename({ accounts, account, form, meta }: Asked): Promise<OwnAnswer> {
  const read = name.safeParse(form.get('name'))
  if (!read.success) return { part: 'profile', mistakes: { name: 'name-needed' } }
  await accounts.rename(account, read.data, meta)
  return { part: 'profile', done: 'renamed' }
}

async function changePassword({ accounts, account, form, meta }: Asked): Promise<OwnAnswer> {
  const read = typed.safeParse(Object.fromEntries(form))
  if (!read.success) {
    const [field] = read.error.issues[0]?.path ?? []
    return { part: 'password', mistakes: { [String(field)]: form.get(String(field)) ? 'password-long' : 'password-needed' } }
  }
  return answered('password', 'current', { 'wrong-credentials': 'password-wrong' }, async () => {
    const weakness = await accounts.changePassword(account, read.data, meta)
    if (weakness === null) return { done: 'password-changed' }
    const { on } = await accounts.factorState(account.id)
    return { mistakes: { password: weaknessWord(weakness, on) } }
  })
}

/** One that is over already has ended as well. */
async function endSession({ accounts, account, form, meta }: Asked): Promise<OwnAnswer> {
  const { mistakes } = await answered('sessions', 'id', {}, async () => {
    await accounts.endSession(account, String(form.get('id')), meta)
    return {}
  })
  return mistakes === undefined || mistakes.id === 'not-found'
    ? { part: 'sessions', done: 'session-ended' }
    : { part: 'sessions', mistakes }
}

async function endOthers({ accounts, account, meta }: Asked): Promise<OwnAnswer> {
  await accounts.endOtherSessions(account, meta)
  return { part: 'sessions', done: 'others-ended' }
}
