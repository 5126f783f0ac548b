import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, cheapPasswords, cookieOf, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'
import type { Entry } from './entrance.ts'
import { codeAt, secretBytes } from './totp.ts'

let clinic: Clinic
let amina: Entry
let secret: string
let codes: string[]

beforeEach(async () => {
  clinic = await openClinic(undefined, { passwords: cheapPasswords() })
  amina = await setUp(clinic)
  secret = (await clinic.accounts.beginFactor(amina.account, PASSWORD, META)).secret
  codes = await clinic.accounts.confirmFactor(amina.account, await code(), META)
  clinic.wait(30_000)
})
afterEach(() => clinic.close())

const code = (later = 0) => codeAt(secretBytes(secret), clinic.dependencies.now() + later)
const credentials = { email: 'amina@example.org', password: PASSWORD }
const refusal = (problem: string) => expect.objectContaining({ problem: expect.objectContaining({ code: problem }) })
let turn = 0
function elsewhere() {
  turn += 1
  return { ...META, ip: `10.2.0.${turn % 250}` }
}

async function step(meta: object = elsewhere()): Promise<string> {
  const answer = await clinic.accounts.signIn(credentials, { ...META, ...meta })
  if (answer.kind !== 'code') throw new Error('no code was asked')
  return answer.step
}

describe('with a second factor', () => {
  it('the password alone opens nothing, and the code opens it', async () => {
    const sessions = () => clinic.dependencies.database.prisma.session.count()
    const before = await sessions()
    const waiting = await step()
    expect(await sessions()).toBe(before)
    const { account, cookie } = await clinic.accounts.signInWithCode(waiting, await code(), META)
    expect(account.id).toBe(amina.account.id)
    expect(await clinic.accounts.session(cookieOf(cookie))).not.toBeNull()
    expect((await clinic.actions()).slice(-2)).toEqual(['account.code-asked', 'account.sign-in'])
  })

  it('a wrong password is told as ever: no code is asked for it', async () => {
    const guessing = clinic.accounts.signIn({ ...credentials, password: 'a wrong sentence here' }, elsewhere())
    await expect(guessing).rejects.toEqual(refusal('wrong-credentials'))
  })

  it('a code is good once, also for two at a time, and an older one not at all', async () => {
    const used = await code()
    const both = await Promise.all([step(), step()])
    const answers = await Promise.allSettled(both.map((waiting) => clinic.accounts.signInWithCode(waiting, used, elsewhere())))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const again of [used, await code(-30_000)])
      await expect(clinic.accounts.signInWithCode(await step(), again, elsewhere())).rejects.toEqual(refusal('wrong-code'))
    await clinic.accounts.signInWithCode(await step(), await code(30_000), META)
  })

  it('a step is good for 5 minutes, once, and for nothing that a guesser makes up', async () => {
    const waiting = await step()
    clinic.wait(5 * 60_000)
    await expect(clinic.accounts.signInWithCode(waiting, await code(), META)).rejects.toEqual(refusal('expired'))
    await expect(clinic.accounts.signInWithCode('made-up', await code(), META)).rejects.toEqual(refusal('expired'))
    const next = await step()
    await clinic.accounts.signInWithCode(next, await code(), META)
    clinic.wait(30_000)
    await expect(clinic.accounts.signInWithCode(next, await code(), META)).rejects.toEqual(refusal('expired'))
  })

  it('codes are throttled as passwords are, however often the password is typed anew', async () => {
    for (let tries = 0; tries < 5; tries += 1)
      await expect(clinic.accounts.signInWithCode(await step(), '000000', elsewhere())).rejects.toEqual(refusal('wrong-code'))
    const refused = { problem: { code: 'too-many', retryAfterS: 30 } }
    await expect(clinic.accounts.signInWithCode(await step(), await code(), elsewhere())).rejects.toMatchObject(refused)
    // Her own tablet is not locked out by it.
    const cookie = cookieOf(amina.deviceCookie)
    await clinic.accounts.signInWithCode(await step({ cookie }), await code(), { ...META, cookie })
  })

  it('ten recovery codes stand in for the phone, each once, however it is typed', async () => {
    expect(codes).toHaveLength(10)
    const [first = ''] = codes
    await clinic.accounts.signInWithCode(await step(), first.toLowerCase().replaceAll('-', ' '), META)
    expect(await clinic.accounts.factorState(amina.account.id)).toEqual({ on: true, recoveryCodesLeft: 9 })
    await expect(clinic.accounts.signInWithCode(await step(), first, META)).rejects.toEqual(refusal('wrong-code'))
    expect(await clinic.events('account.recovery-code')).toHaveLength(1)
    const renewed = await clinic.accounts.renewRecoveryCodes(amina.account, PASSWORD, META)
    await expect(clinic.accounts.signInWithCode(await step(), codes[1] ?? '', META)).rejects.toEqual(refusal('wrong-code'))
    await clinic.accounts.signInWithCode(await step(), renewed[0] ?? '', META)
  })

  it('neither the secret nor a recovery code is in the database', async () => {
    const rows = await clinic.dependencies.database.read.all('SELECT * FROM "SecondFactor"')
    const stored = JSON.stringify([rows, await clinic.dependencies.database.read.all('SELECT * FROM "RecoveryCode"')])
    expect(stored).not.toContain(secret)
    for (const shown of codes) expect(stored).not.toContain(shown)
  })

  it('a password of 8 characters is allowed, and then the factor cannot be turned off without a longer one', async () => {
    const change = (current: string, password: string) => clinic.accounts.changePassword(amina.account, { current, password }, META)
    expect(await change(PASSWORD, 'goat & 9')).toBeNull()
    await expect(clinic.accounts.endFactor(amina.account, 'goat & 9', META)).rejects.toEqual(refusal('invalid'))
    expect(await change('goat & 9', PASSWORD)).toBeNull()
    await clinic.accounts.endFactor(amina.account, PASSWORD, META)
    expect(inside(await clinic.accounts.signIn(credentials, META)).account.id).toBe(amina.account.id)
    expect(await change(PASSWORD, 'goat & 9')).toBe('short')
  })

  it('an administrator takes it away: sessions end, and a short password with it', async () => {
    const by = { accountId: 'admin', ...META }
    expect(await clinic.accounts.takeSecondFactor(amina.account.id, by)).toBeNull()
    expect(await clinic.accounts.session(cookieOf(amina.cookie))).toBeNull()
    expect(inside(await clinic.accounts.signIn(credentials, META)).account.id).toBe(amina.account.id)
    expect(await clinic.events('account.second-factor-taken')).toMatchObject([{ actorId: 'admin', subject: amina.account.id }])
    await expect(clinic.accounts.takeSecondFactor(amina.account.id, by)).rejects.toEqual(refusal('not-found'))
  })

  it('a short password that loses its factor needs the code that the administrator hands over', async () => {
    await clinic.accounts.changePassword(amina.account, { current: PASSWORD, password: 'goat & 9' }, META)
    const taken = await clinic.accounts.takeSecondFactor(amina.account.id, { accountId: 'admin', ...META })
    await expect(clinic.accounts.signIn({ ...credentials, password: 'goat & 9' }, META)).rejects.toEqual(refusal('wrong-credentials'))
    await expect(clinic.accounts.signIn({ ...credentials, password: '' }, META)).rejects.toEqual(refusal('wrong-credentials'))
    expect(await clinic.accounts.endReset(taken?.code ?? '', PASSWORD, META)).toMatchObject({ kind: 'done' })
    expect(inside(await clinic.accounts.signIn(credentials, META)).account.id).toBe(amina.account.id)
  })
})

describe('setting it up', () => {
  it('asks for the password, and counts only after a first right code', async () => {
    const juma = await invited('juma@example.org')
    await expect(clinic.accounts.beginFactor(juma, 'a wrong sentence here', META)).rejects.toEqual(refusal('wrong-credentials'))
    await clinic.accounts.beginFactor(juma, PASSWORD, META)
    await expect(clinic.accounts.confirmFactor(juma, '000000', META)).rejects.toEqual(refusal('wrong-code'))
    expect(await clinic.accounts.factorState(juma.id)).toEqual({ on: false, recoveryCodesLeft: 0 })
    expect(inside(await clinic.accounts.signIn({ email: juma.email, password: PASSWORD }, META)).account.id).toBe(juma.id)
    await expect(clinic.accounts.beginFactor(amina.account, PASSWORD, META)).rejects.toEqual(refusal('already-used'))
  })
})

async function invited(email: string) {
  const { token } = await clinic.accounts.invite('operator', { email, roles: ['viewer'], facilities: [] }, META)
  return (await clinic.accounts.acceptInvitation(token, { name: 'Juma', password: PASSWORD }, META)).account
}
