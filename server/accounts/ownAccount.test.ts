import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, cheapPasswords, cookieOf, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'
import type { Entry } from './entrance.ts'

const NEW = 'nine yellow mangoes fell'
let clinic: Clinic
let here: Entry
/** As the browser of the set-up sends it. */
let meta: typeof META & { cookie: string }

beforeEach(async () => {
  clinic = await openClinic(undefined, { passwords: cheapPasswords() })
  here = await setUp(clinic)
  meta = { ...META, cookie: `${cookieOf(here.cookie)}; ${cookieOf(here.deviceCookie)}` }
})
afterEach(() => clinic.close())

const signIn = (password = PASSWORD, from: object = {}) =>
  clinic.accounts.signIn({ email: 'amina@example.org', password }, { ...META, ...from })
const refusal = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })
const isSignedIn = async (entry: Entry) => (await clinic.accounts.session(cookieOf(entry.cookie))) !== null

describe('the own password', () => {
  it('is changed with the current one; every other session ends, this one goes on', async () => {
    const elsewhere = inside(await signIn())
    expect(await clinic.accounts.changePassword(here.account, { current: PASSWORD, password: NEW }, meta)).toBeNull()
    expect(await isSignedIn(here)).toBe(true)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect(clinic.revoked).toEqual([here.account.id])
    await expect(signIn()).rejects.toEqual(refusal('wrong-credentials'))
    expect(inside(await signIn(NEW)).account.id).toBe(here.account.id)
    expect(await clinic.events('account.password-changed')).toMatchObject([{ outcome: 'success', actorId: here.account.id }])
  })

  it('stays when the current one is wrong, which counts as a wrong sign-in', async () => {
    const change = () => clinic.accounts.changePassword(here.account, { current: 'a wrong sentence here', password: NEW }, meta)
    for (let tries = 0; tries < 5; tries += 1) await expect(change()).rejects.toEqual(refusal('wrong-credentials'))
    await expect(change()).rejects.toEqual(refusal('too-many'))
    expect(inside(await signIn()).account.id).toBe(here.account.id)
    expect(await clinic.events('account.password-changed')).toHaveLength(5)
  })

  it('is refused when it is weak', async () => {
    expect(await clinic.accounts.changePassword(here.account, { current: PASSWORD, password: 'passwordpassword' }, meta)).toBe('common')
  })

  it('a reset that was open is worth nothing after it', async () => {
    await clinic.accounts.requestReset('amina@example.org', META)
    const [open] = await clinic.accounts.openResets()
    const { code } = await clinic.accounts.handOver(open?.id ?? '', { accountId: 'admin', ...META })
    await clinic.accounts.changePassword(here.account, { current: PASSWORD, password: NEW }, meta)
    await expect(clinic.accounts.endReset(code, PASSWORD, META)).rejects.toEqual(refusal('not-found'))
  })
})

describe('the own sessions', () => {
  it('are listed with where they came from, the own one marked, and nothing that opens them', async () => {
    clinic.wait(120_000)
    const tablet = inside(await signIn(PASSWORD, { userAgent: 'Tablet/1', ip: '10.0.0.9' }))
    const listed = await clinic.accounts.sessionsOf(here.account, meta.cookie)
    expect(listed).toMatchObject([
      { userAgent: 'Tablet/1', ip: '10.0.0.9', current: false, lastUsedAt: clinic.dependencies.now() },
      { userAgent: 'test', ip: '10.0.0.7', current: true },
    ])
    const token = cookieOf(tablet.cookie).split('=')[1] ?? ''
    expect(JSON.stringify(listed)).not.toContain(token)
  })

  it('are ended one by one, and nobody ends those of somebody else', async () => {
    const tablet = inside(await signIn())
    const other = (await clinic.accounts.sessionsOf(here.account, meta.cookie)).find(({ current }) => !current)
    await expect(clinic.accounts.endSession({ ...here.account, id: 'somebody' }, other?.id ?? '', META)).rejects.toEqual(
      refusal('not-found'),
    )
    await clinic.accounts.endSession(here.account, other?.id ?? '', meta)
    expect([await isSignedIn(here), await isSignedIn(tablet)]).toEqual([true, false])
    expect(clinic.revoked).toEqual([here.account.id])
    expect(await clinic.events('account.session-ended')).toMatchObject([{ actorId: here.account.id }])
  })

  it('are replaced when somebody signs in again in the same browser', async () => {
    const again = inside(await signIn(PASSWORD, { cookie: meta.cookie }))
    expect([await isSignedIn(here), await isSignedIn(again)]).toEqual([false, true])
    expect(await clinic.accounts.sessionsOf(here.account, cookieOf(again.cookie))).toMatchObject([{ current: true }])
  })

  it('are all ended but this one, and other browsers are unknown again', async () => {
    const others = [inside(await signIn()), inside(await signIn())]
    await clinic.accounts.endOtherSessions(here.account, meta)
    expect(await Promise.all([here, ...others].map(isSignedIn))).toEqual([true, false, false])
    expect(await clinic.dependencies.database.prisma.knownDevice.count()).toBe(1)
    expect(await clinic.events('account.signed-out-everywhere')).toHaveLength(1)
  })

  it('of a doctor who is now an administrator only last 12 hours from their beginning', async () => {
    clinic.wait(12 * 3_600_000 - 1)
    await clinic.accounts.session(cookieOf(here.cookie))
    await clinic.giveRoles(here.account.id, 'admin')
    expect(await isSignedIn(here)).toBe(true)
    clinic.wait(1)
    expect(await isSignedIn(here)).toBe(false)
  })
})

it('the own name is changed, and the log does not hold it', async () => {
  await clinic.accounts.rename(here.account, 'Amina Odhiambo', meta)
  expect(await clinic.accounts.session(meta.cookie)).toMatchObject({ name: 'Amina Odhiambo' })
  expect(JSON.stringify(await clinic.events('account.profile'))).not.toContain('Odhiambo')
})

it('the log of all this holds no name, address, password, token or code', async () => {
  await clinic.accounts.requestReset('amina@example.org', meta)
  const [open] = await clinic.accounts.openResets()
  const { code } = await clinic.accounts.handOver(open?.id ?? '', { accountId: here.account.id, ...meta })
  await clinic.accounts.endReset(code, NEW, meta)
  await signIn(NEW)
  const log = JSON.stringify(await clinic.dependencies.database.read.all('SELECT * FROM "AuditEvent"'))
  const token = cookieOf(here.cookie).split('=')[1] ?? ''
  for (const hidden of ['Amina', 'amina@', code, PASSWORD, NEW, token]) expect(log).not.toContain(hidden)
})

describe('sweeping', () => {
  it('throws away what is over, and nothing else', async () => {
    await expect(signIn('a wrong sentence here')).rejects.toEqual(refusal('wrong-credentials'))
    await clinic.accounts.requestReset('amina@example.org', META)
    const { database } = clinic.dependencies
    const left = async () => {
      const tables = ['Session', 'Throttle', 'PasswordReset', 'KnownDevice']
      const counts = tables.map((table) => database.read.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))
      return (await Promise.all(counts)).map((row) => row?.n)
    }
    await clinic.accounts.sweep()
    expect(await left()).toEqual([1, 3, 1, 1])
    clinic.wait(32 * 86_400_000)
    await clinic.accounts.sweep()
    expect(await left()).toEqual([0, 0, 0, 1])
    clinic.wait(400 * 86_400_000)
    await clinic.accounts.sweep()
    expect(await left()).toEqual([0, 0, 0, 0])
  })
})
