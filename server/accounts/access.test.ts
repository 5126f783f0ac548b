import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, cookieOf, doctorIn, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'

let clinic: Clinic
let admin: string
let doctor: string
const by = () => ({ accountId: admin, ...META })

beforeEach(async () => {
  clinic = await openClinic()
  admin = (await setUp(clinic)).account.id
  doctor = (await doctorIn(clinic)).id
})
afterEach(() => clinic.close())

const signIn = () => clinic.accounts.signIn({ email: 'otieno@example.org', password: PASSWORD }, META)
const addFacility = (id: string) =>
  clinic.dependencies.database.write((sql) =>
    sql.run(
      `INSERT INTO "Facility" (id, name, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted) VALUES (?, ?, 9, 0, 'x', 0, 'x', false)`,
      id,
      id,
    ),
  )

describe('what an administrator changes of an account', () => {
  it('gives other facilities, which count with the next request of an open session', async () => {
    await addFacility('north')
    const { cookie } = inside(await signIn())
    await clinic.accounts.setFacilities(doctor, ['north'], by())
    expect(await clinic.accounts.session(cookieOf(cookie))).toMatchObject({ facilities: ['north'] })
    expect(await clinic.events('account.facilities')).toMatchObject([{ actorId: admin, subject: doctor }])
  })
  it('refuses a facility that does not exist, none, and an account that does not exist', async () => {
    await expect(clinic.accounts.setFacilities(doctor, ['nowhere'], by())).rejects.toThrow('which facilities')
    await expect(clinic.accounts.setFacilities(doctor, [], by())).rejects.toThrow('which facilities')
    await expect(clinic.accounts.setFacilities('nobody', ['main'], by())).rejects.toThrow('not-found')
    expect(await clinic.events('account.facilities')).toEqual([])
  })
  it('disables an account, whose sessions end for good, and enables it again', async () => {
    const { cookie } = inside(await signIn())
    await clinic.accounts.disable(doctor, by())
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
    await expect(signIn()).rejects.toThrow()
    await clinic.accounts.enable(doctor, by())
    expect(await clinic.accounts.session(cookieOf(cookie))).toBeNull()
    expect(inside(await signIn()).account).toMatchObject({ id: doctor })
    expect(await clinic.events('account.disabled')).toMatchObject([{ actorId: admin, subject: doctor }])
    expect(await clinic.events('account.enabled')).toHaveLength(1)
  })
  it('never disables the last administrator', async () => {
    await expect(clinic.accounts.disable(admin, by())).rejects.toThrow('last administrator')
    await clinic.giveRoles(doctor, 'admin doctor')
    await clinic.accounts.disable(admin, by())
    await expect(clinic.accounts.disable(doctor, by())).rejects.toThrow('last administrator')
  })
  it('changes roles, which count with the next request, and ends the connections', async () => {
    const { cookie } = inside(await signIn())
    clinic.revoked.length = 0
    await clinic.accounts.setRoles(doctor, ['viewer', 'doctor'], by())
    expect(await clinic.accounts.session(cookieOf(cookie))).toMatchObject({ roles: ['doctor', 'viewer'] })
    expect(clinic.revoked).toEqual([doctor])
    expect(await clinic.events('account.roles')).toMatchObject([{ actorId: admin, subject: doctor }])
    await expect(clinic.accounts.setRoles(doctor, [], by())).rejects.toThrow('needs a role')
  })
  it('gives a new doctor the only facility there is, and asks where there are more', async () => {
    await clinic.accounts.setRoles(doctor, ['viewer'], by())
    await clinic.dependencies.database.writePrisma((prisma) => prisma.accountFacility.deleteMany({ where: { accountId: doctor } }))
    await clinic.accounts.setRoles(doctor, ['doctor'], by())
    expect((await clinic.accounts.list()).find(({ id }) => id === doctor)?.facilities).toEqual(['main'])
    await clinic.dependencies.database.writePrisma((prisma) => prisma.accountFacility.deleteMany({ where: { accountId: doctor } }))
    await addFacility('north')
    await expect(clinic.accounts.setRoles(doctor, ['doctor'], by())).rejects.toThrow('which facilities')
  })
  it('never takes the role from the last administrator, also when two of them do it to each other at once', async () => {
    await expect(clinic.accounts.setRoles(admin, ['doctor'], by())).rejects.toThrow('last administrator')
    for (const demote of [
      (id: string) => clinic.accounts.setRoles(id, ['doctor'], by()),
      (id: string) => clinic.accounts.disable(id, by()),
    ]) {
      for (const id of [admin, doctor]) await clinic.accounts.enable(id, by())
      await clinic.accounts.setRoles(admin, ['admin', 'doctor'], by())
      await clinic.accounts.setRoles(doctor, ['admin', 'doctor'], by())
      const answers = await Promise.allSettled([demote(admin), demote(doctor)])
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const administrators = (await clinic.accounts.list()).filter(({ roles, disabled }) => roles.includes('admin') && !disabled)
      expect(administrators).toHaveLength(1)
    }
  })
})

describe('the setting "doctors may invite doctors"', () => {
  const wish = { email: 'new@example.org', roles: ['doctor' as const], facilities: [] }
  it('is on until an administrator turns it off, which is written down and counts at once', async () => {
    const inviter = inside(await signIn()).account
    expect(await clinic.accounts.settings()).toMatchObject({ doctorsMayInvite: true })
    await clinic.accounts.invite(inviter, wish, META)
    await clinic.accounts.changeSetting('doctorsMayInvite', false, by())
    await expect(clinic.accounts.invite(inviter, { ...wish, email: 'other@example.org' }, META)).rejects.toThrow(
      'only administrators invite',
    )
    await clinic.accounts.invite('operator', { ...wish, email: 'third@example.org' }, META)
    expect(await clinic.events('setting.changed')).toMatchObject([{ actorId: admin, subject: 'doctorsMayInvite' }])
    await clinic.accounts.changeSetting('doctorsMayInvite', true, by())
    await clinic.accounts.invite(inviter, { ...wish, email: 'other@example.org' }, META)
  })
})
