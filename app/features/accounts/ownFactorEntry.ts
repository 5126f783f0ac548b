import { PASSWORD_LENGTH } from '#domain/accounts/account.ts'
import { type Asked, answered, type OwnAnswer } from './ownAnswer.ts'

const FIELD = 'factor-password'
/** Longer is no code and no key of ours. */
const LONGEST = 300

export function beginFactor(asked: Asked): Promise<OwnAnswer> {
  return withPassword(asked, async (password) => ({ begun: await asked.accounts.beginFactor(asked.account, password, asked.meta) }))
}

export function endFactor(asked: Asked): Promise<OwnAnswer> {
  return withPassword(asked, async (password) => {
    await asked.accounts.endFactor(asked.account, password, asked.meta)
    return { done: 'factor-ended' }
  })
}

export function renewRecoveryCodes(asked: Asked): Promise<OwnAnswer> {
  return withPassword(asked, async (password) => ({ codes: await asked.accounts.renewRecoveryCodes(asked.account, password, asked.meta) }))
}

/** After a wrong code the key is shown again, as the form sent it back. */
export async function confirmFactor({ accounts, account, form, meta }: Asked): Promise<OwnAnswer> {
  const text = (name: string) => String(form.get(name) ?? '').slice(0, LONGEST)
  const answer = await answered('factor', 'code', {}, async () => ({ codes: await accounts.confirmFactor(account, text('code'), meta) }))
  return answer.codes === undefined ? { ...answer, begun: { secret: text('secret'), uri: text('uri') } } : answer
}

async function withPassword({ form }: Asked, work: (password: string) => Promise<Omit<OwnAnswer, 'part'>>): Promise<OwnAnswer> {
  const password = String(form.get(FIELD) ?? '')
  if (password === '' || password.length > PASSWORD_LENGTH.max) return { part: 'factor', mistakes: { [FIELD]: 'password-needed' } }
  return answered('factor', FIELD, { 'wrong-credentials': 'password-wrong', invalid: 'password-too-short-alone' }, () => work(password))
}
