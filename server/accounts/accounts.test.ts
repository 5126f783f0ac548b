import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onPostgresql } from '#server/database/database.fixture.ts'
import { type Clinic, cookieOf, doctorIn, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

const signIn = (email: string, password = PASSWORD) => clinic.accounts.signIn({ email, password }, META)
const refusal = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })

describe('the set-up', () => {
  it('makes the first account admin and doctor of a first facility, signed in', async () => {
    const { account, cookie } = await setUp(clinic)
    expect(account).toMatchObject({ email: 'amina@example.org', roles: ['admin', 'doctor'], facilities: ['main'] })
    expect(await clinic.accounts.session(cookieOf(cookie))).toEqual(account)
    expect(await clinic.actions()).toEqual(['account.setup-link', 'facility.created', 'account.created', 'account.sign-in'])
  })

  it('makes an admin only when the person sees no clients', async () => {
    const { account } = await setUp(clinic, { alsoDoctor: false })
    expect(account).toMatchObject({ roles: ['admin'], facilities: [] })
  })

  it('gives a new link with each start, which ends the one before, and none once there is an account', async () => {
    const first = await clinic.setupToken()
    const second = await clinic.setupToken()
    await expect(clinic.accounts.invitation(first)).rejects.toEqual(refusal('not-found'))
    await expect(clinic.accounts.invitation(second)).resolves.toMatchObject({ kind: 'setup' })
    await setUp(clinic)
    expect(await clinic.accounts.setupLink()).toBeNull()
  })

  it('is too old after 30 minutes', async () => {
    const token = await clinic.setupToken()
    clinic.wait(30 * 60_000)
    await expect(clinic.accounts.invitation(token)).rejects.toEqual(refusal('expired'))
  })
})

describe('an invitation', () => {
  it('is not used up by a look, and makes the account its inviter chose', async () => {
    const { account: admin } = await setUp(clinic)
    const { token, link } = await clinic.accounts.invite(admin, { email: 'juma@example.org', roles: ['viewer'], facilities: [] }, META)
    expect(link).toBe(`http://localhost:3000/invitation/${token}`)
    await clinic.accounts.invitation(token)
    expect(await clinic.accounts.invitation(token)).toMatchObject({ kind: 'invite', email: 'juma@example.org', roles: ['viewer'] })
    const { account } = await clinic.accounts.acceptInvitation(
      token,
      { name: 'Juma', email: 'other@example.org', password: PASSWORD },
      META,
    )
    expect(account).toMatchObject({ email: 'juma@example.org', roles: ['viewer'], facilities: [] })
    await expect(clinic.accounts.invitation(token)).rejects.toEqual(refusal('already-used'))
  })

  it('lets in only one of two who accept at once', async () => {
    const { account: admin } = await setUp(clinic)
    const { token } = await clinic.accounts.invite(admin, { email: 'juma@example.org', roles: ['doctor'], facilities: [] }, META)
    const accept = (name: string) => clinic.accounts.acceptInvitation(token, { name, password: PASSWORD }, META)
    const answers = await Promise.allSettled([accept('Juma'), accept('Other')])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(answers).toContainEqual({ status: 'rejected', reason: refusal('already-used') })
    expect(await clinic.accounts.list()).toHaveLength(2)
    expect((await clinic.events('account.created')).map(({ outcome }) => outcome)).toEqual(['success', 'success', 'failure'])
  })

  it('is too old after 72 hours', async () => {
    const { account: admin } = await setUp(clinic)
    const { token } = await clinic.accounts.invite(admin, { email: 'juma@example.org', roles: ['doctor'], facilities: [] }, META)
    clinic.wait(72 * 3_600_000)
    const accepting = clinic.accounts.acceptInvitation(token, { name: 'Juma', password: PASSWORD }, META)
    await expect(accepting).rejects.toEqual(refusal('expired'))
  })

  it('is not made for an address that has an account', async () => {
    const { account: admin } = await setUp(clinic)
    const again = clinic.accounts.invite(admin, { email: 'amina@example.org', roles: ['doctor'], facilities: [] }, META)
    await expect(again).rejects.toEqual(refusal('already-used'))
  })

  it('refuses a weak password and stays open', async () => {
    const { account: admin } = await setUp(clinic)
    const { token } = await clinic.accounts.invite(admin, { email: 'juma@example.org', roles: ['doctor'], facilities: [] }, META)
    const accepting = clinic.accounts.acceptInvitation(token, { name: 'Juma', password: 'passwordpassword' }, META)
    await expect(accepting).rejects.toEqual(refusal('invalid'))
    expect(await clinic.accounts.openInvitations()).toMatchObject([{ email: 'juma@example.org', invitedBy: 'Amina Hassan' }])
  })
})

describe('a doctor who invites', () => {
  it('gives the role doctor at the own facilities, and nothing else', async () => {
    await setUp(clinic)
    const doctor = await doctorIn(clinic)
    const wish = { email: 'new@example.org', facilities: [] }
    await expect(clinic.accounts.invite(doctor, { ...wish, roles: ['admin'] }, META)).rejects.toEqual(refusal('not-permitted'))
    await expect(clinic.accounts.invite(doctor, { ...wish, roles: ['doctor', 'viewer'] }, META)).rejects.toEqual(refusal('not-permitted'))
    const elsewhere = clinic.accounts.invite(doctor, { ...wish, roles: ['doctor'], facilities: ['north'] }, META)
    await expect(elsewhere).rejects.toEqual(refusal('not-permitted'))
    const { token } = await clinic.accounts.invite(doctor, { ...wish, roles: ['doctor'] }, META)
    expect(await clinic.accounts.invitation(token)).toMatchObject({ roles: ['doctor'], facilities: ['main'] })
  })

  it('is refused when the inviter is a viewer', async () => {
    const viewer = { id: 'v', roles: ['viewer' as const], facilities: [] }
    const inviting = clinic.accounts.invite(viewer, { email: 'new@example.org', roles: ['doctor'], facilities: [] }, META)
    await expect(inviting).rejects.toEqual(refusal('not-permitted'))
  })
})

describe('sign-in', () => {
  it('opens a new session, and sign-out ends it', async () => {
    await setUp(clinic)
    const { cookie } = inside(await signIn('amina@example.org'))
    expect(await clinic.accounts.session(cookieOf(cookie))).toMatchObject({ name: 'Amina Hassan' })
    expect(await clinic.accounts.signOut(cookieOf(cookie), META)).toContain('Max-Age=0')
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
    expect(await clinic.events('account.sign-out')).toMatchObject([{ outcome: 'success', ip: '10.0.0.7', requestId: 'r1' }])
  })

  it('answers a wrong password, an unknown address and a disabled account alike, and writes them down', async () => {
    const { account } = await setUp(clinic)
    await expect(signIn('amina@example.org', 'not the right sentence')).rejects.toEqual(refusal('wrong-credentials'))
    await expect(signIn('nobody@example.org')).rejects.toEqual(refusal('wrong-credentials'))
    await clinic.disable(account.id)
    await expect(signIn('amina@example.org')).rejects.toEqual(refusal('wrong-credentials'))
    const failures = (await clinic.events('account.sign-in')).filter(({ outcome }) => outcome === 'failure')
    expect(failures.map(({ subject, actorId }) => ({ subject, actorId }))).toEqual([
      { subject: account.id, actorId: null },
      { subject: null, actorId: null },
      { subject: account.id, actorId: null },
    ])
  })
})

describe('a session', () => {
  it('of a doctor lasts 14 days after its last use', async () => {
    const { cookie } = await setUp(clinic)
    for (const _ of ['once', 'twice']) {
      clinic.wait(13 * 86_400_000)
      expect(await clinic.accounts.session(cookieOf(cookie))).not.toBeNull()
    }
    clinic.wait(14 * 86_400_000)
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
  })

  it('of an admin who is no doctor ends after 30 idle minutes', async () => {
    const { cookie } = await setUp(clinic, { alsoDoctor: false })
    clinic.wait(29 * 60_000)
    expect(await clinic.accounts.session(cookieOf(cookie))).not.toBeNull()
    clinic.wait(30 * 60_000)
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
  })

  it('reads roles at each request, and is over at once for a disabled account', async () => {
    const { account, cookie } = await setUp(clinic)
    await clinic.giveRoles(account.id, 'viewer')
    expect(await clinic.accounts.session(cookieOf(cookie))).toMatchObject({ roles: ['viewer'] })
    await clinic.disable(account.id)
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
  })

  it('has a cookie that scripts and other sites cannot use', async () => {
    const { cookie } = await setUp(clinic)
    expect(cookie).toMatch(/^hims_[0-9a-f]{6}=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/)
    const overTls = await openClinic('https://clinic.example.org')
    expect((await setUp(overTls)).cookie).toMatch(/^__Host-hims_[0-9a-f]{6}=.*; Secure$/)
    await overTls.close()
  })

  it.skipIf(onPostgresql)('SQLite: leaves neither its cookie, nor a link, nor a password in the files of the database', async () => {
    const token = await clinic.setupToken()
    const { cookie } = await clinic.accounts.acceptInvitation(
      token,
      { name: 'Amina', email: 'amina@example.org', password: PASSWORD },
      META,
    )
    const secret = cookieOf(cookie).split('=')[1] ?? ''
    const bytes = readdirSync(clinic.folder).map((name) => readFileSync(join(clinic.folder, name)))
    expect(bytes.some((file) => file.includes('amina@example.org'))).toBe(true)
    for (const hidden of [secret, token, PASSWORD]) expect(bytes.some((file) => file.includes(hidden))).toBe(false)
  })
})
