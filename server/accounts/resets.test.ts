import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, cheapPasswords, cookieOf, doctorIn, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'
import { openSmtp } from './smtp.fixture.ts'

const NEW = 'nine yellow mangoes fell'
const refusal = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })
const by = { accountId: 'admin', ...META }
let clinic: Clinic

afterEach(() => clinic.close())

const signIn = (password: string, email = 'otieno@example.org') => clinic.accounts.signIn({ email, password }, META)

async function openWithDoctor(env: Record<string, string> = {}) {
  clinic = await openClinic(undefined, { passwords: cheapPasswords(), env })
  await setUp(clinic)
  return doctorIn(clinic)
}

describe('a new password without a mail server', () => {
  let doctor: Awaited<ReturnType<typeof doctorIn>>
  beforeEach(async () => {
    doctor = await openWithDoctor()
  })

  async function handedCode(): Promise<string> {
    await clinic.accounts.requestReset('otieno@example.org', META)
    const [open] = await clinic.accounts.openResets()
    return (await clinic.accounts.handOver(open?.id ?? '', by)).code
  }

  it('waits for an administrator, who hands over a code and never learns the password', async () => {
    await clinic.accounts.requestReset('otieno@example.org', META)
    const open = await clinic.accounts.openResets()
    expect(open).toMatchObject([{ name: 'Otieno', email: 'otieno@example.org', mailed: false }])
    const made = await clinic.accounts.handOver(open[0]?.id ?? '', by)
    expect(made).toMatchObject({ email: 'otieno@example.org', expiresAt: clinic.dependencies.now() + 30 * 60_000 })
    expect(await clinic.accounts.openResets()).toEqual([])
    await expect(clinic.accounts.handOver(open[0]?.id ?? '', by)).rejects.toEqual(refusal('not-found'))
    expect(await clinic.accounts.endReset(made.code, NEW, META)).toMatchObject({ kind: 'done' })
    expect(inside(await signIn(NEW)).account.id).toBe(doctor.id)
    await expect(signIn(PASSWORD)).rejects.toEqual(refusal('wrong-credentials'))
    const tail = (await clinic.actions()).slice(-5)
    expect(tail).toEqual(['account.reset-requested', 'account.reset-code', 'account.password-reset', 'account.sign-in', 'account.sign-in'])
  })

  it('ends every session and connection of the account, and makes other browsers unknown', async () => {
    const { cookie } = inside(await signIn(PASSWORD))
    const code = await handedCode()
    clinic.revoked.length = 0
    await clinic.accounts.endReset(code, NEW, META)
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
    expect(clinic.revoked).toEqual([doctor.id])
    expect(await clinic.dependencies.database.prisma.knownDevice.count({ where: { accountId: doctor.id } })).toBe(1)
  })

  it('says the same for an address that nobody has, and lists nothing', async () => {
    await expect(clinic.accounts.requestReset('nobody@example.org', META)).resolves.toBeUndefined()
    await clinic.accounts.disable(doctor.id, by)
    await expect(clinic.accounts.requestReset('otieno@example.org', META)).resolves.toBeUndefined()
    expect(await clinic.accounts.openResets()).toEqual([])
    expect((await clinic.events('account.reset-requested')).map(({ outcome, subject }) => [outcome, subject])).toEqual([
      ['failure', null],
      ['failure', null],
    ])
  })

  it('takes a code once, also for two at a time, and not after half an hour', async () => {
    const code = await handedCode()
    const both = await Promise.allSettled([clinic.accounts.endReset(code, NEW, META), clinic.accounts.endReset(code, NEW, META)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(clinic.accounts.endReset(code, NEW, META)).rejects.toEqual(refusal('already-used'))
    const next = await handedCode()
    clinic.wait(30 * 60_000)
    await expect(clinic.accounts.endReset(next, NEW, META)).rejects.toEqual(refusal('expired'))
  })

  it('refuses a weak password and stays open', async () => {
    const code = await handedCode()
    expect(await clinic.accounts.endReset(code, 'too short', META)).toEqual({ kind: 'weak', weakness: 'short' })
    expect(await clinic.accounts.endReset(code, NEW, META)).toMatchObject({ kind: 'done' })
  })

  it('keeps the second factor', async () => {
    const { secretBytes, codeAt } = await import('./totp.ts')
    const { secret } = await clinic.accounts.beginFactor(doctor, PASSWORD, META)
    await clinic.accounts.confirmFactor(doctor, await codeAt(secretBytes(secret), clinic.dependencies.now()), META)
    await clinic.accounts.endReset(await handedCode(), NEW, META)
    expect((await signIn(NEW)).kind).toBe('code')
  })

  it('is asked for a few times freely, then with waits, and an open request is one', async () => {
    for (let asked = 0; asked < 5; asked += 1) await clinic.accounts.requestReset('otieno@example.org', META)
    await expect(clinic.accounts.requestReset('otieno@example.org', META)).rejects.toMatchObject({ problem: { code: 'too-many' } })
    expect(await clinic.accounts.openResets()).toHaveLength(1)
  })
})

describe('a new password by mail', () => {
  it('comes as a link that works once, for 10 minutes, and keeps its person’s browser known', async () => {
    const smtp = await openSmtp()
    await openWithDoctor({ SMTP_URL: smtp.url, MAIL_FROM: 'HIMS <hims@clinic.example.org>' })
    smtp.letters.length = 0
    await clinic.accounts.requestReset('nobody@example.org', META)
    await clinic.accounts.requestReset('otieno@example.org', META)
    await clinic.accounts.mailsSent()
    expect(smtp.letters).toHaveLength(1)
    expect(smtp.letters[0]).toMatch(/^To: otieno@example\.org$/m)
    const token = /http:\/\/localhost:3000\/reset\/([\w-]{43})/.exec(smtp.letters[0] ?? '')?.[1] ?? ''
    expect(await clinic.accounts.resetView(token, META)).toEqual({ email: 'otieno@example.org', secondFactor: false })
    expect(await clinic.accounts.openResets()).toMatchObject([{ mailed: true }])
    expect(await clinic.accounts.endReset(token, NEW, META)).toMatchObject({ kind: 'done' })
    expect(await clinic.events('account.reset-mail')).toMatchObject([{ outcome: 'success' }])

    await clinic.accounts.requestReset('otieno@example.org', META)
    await clinic.accounts.mailsSent()
    const late = /\/reset\/([\w-]{43})/.exec(smtp.letters[1] ?? '')?.[1] ?? ''
    clinic.wait(10 * 60_000)
    await expect(clinic.accounts.endReset(late, NEW, META)).rejects.toEqual(refusal('expired'))
    await smtp.close()
  })

  it('that cannot be sent becomes a request to the administrators', async () => {
    const smtp = await openSmtp()
    await openWithDoctor({ SMTP_URL: smtp.url, MAIL_FROM: 'hims@clinic.example.org' })
    smtp.state.refuses = true
    await clinic.accounts.requestReset('otieno@example.org', META)
    await clinic.accounts.mailsSent()
    clinic.wait(3_600_000)
    const [open] = await clinic.accounts.openResets()
    expect(open).toMatchObject({ mailed: false })
    expect(await clinic.events('account.reset-mail')).toMatchObject([{ outcome: 'failure' }])
    const { code } = await clinic.accounts.handOver(open?.id ?? '', by)
    expect(await clinic.accounts.endReset(code, NEW, META)).toMatchObject({ kind: 'done' })
    await smtp.close()
  })
})

describe('an invitation by mail', () => {
  it('holds the link; one that cannot be sent is told, and the link is there all the same', async () => {
    const smtp = await openSmtp()
    await openWithDoctor({ SMTP_URL: smtp.url, MAIL_FROM: 'hims@clinic.example.org' })
    const invite = (email: string) => clinic.accounts.invite('operator', { email, roles: ['viewer'], facilities: [] }, META)
    const sent = await invite('juma@example.org')
    expect(sent.mailed).toBe('sent')
    expect(smtp.letters.at(-1)).toContain(sent.link)
    smtp.state.refuses = true
    const failed = await invite('neema@example.org')
    expect(failed.mailed).toBe('failed')
    await clinic.accounts.acceptInvitation(failed.token, { name: 'Neema', password: PASSWORD }, META)
    await smtp.close()
    expect(await invite('zuri@example.org')).toMatchObject({ mailed: 'failed' })
    expect(await clinic.events('account.invitation-mail')).toHaveLength(2)
  })
})

describe('recovery by the server’s own command', () => {
  it('brings back a disabled administrator who has lost the role, the password and the phone', async () => {
    const doctor = await openWithDoctor()
    const { secretBytes, codeAt } = await import('./totp.ts')
    const { secret } = await clinic.accounts.beginFactor(doctor, PASSWORD, META)
    await clinic.accounts.confirmFactor(doctor, await codeAt(secretBytes(secret), clinic.dependencies.now()), META)
    await clinic.accounts.disable(doctor.id, by)
    const made = await clinic.accounts.recoveryLink('otieno@example.org', ['admin'], { route: 'admin:invite' })
    const token = made?.link.split('/').at(-1) ?? ''
    expect(await clinic.accounts.endReset(token, 'goat & 9', META)).toEqual({ kind: 'weak', weakness: 'short' })
    await clinic.accounts.endReset(token, NEW, META)
    expect(inside(await signIn(NEW)).account).toMatchObject({ id: doctor.id, roles: ['admin', 'doctor'], facilities: ['main'] })
    expect(await clinic.events('account.recovered')).toMatchObject([{ subject: doctor.id, outcome: 'success' }])
    expect(await clinic.events('account.recovery-link')).toMatchObject([{ route: 'admin:invite', subject: doctor.id }])
    await expect(clinic.accounts.endReset(token, NEW, META)).rejects.toEqual(refusal('already-used'))
  })

  it('changes nothing until the link is used, and gives none for an unknown address', async () => {
    await openWithDoctor()
    await clinic.accounts.recoveryLink('otieno@example.org', ['admin'], {})
    expect(inside(await signIn(PASSWORD)).account.roles).toEqual(['doctor'])
    expect(await clinic.accounts.recoveryLink('nobody@example.org', ['admin'], {})).toBeNull()
  })
})
