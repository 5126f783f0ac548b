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
  clinic.dependencies.database.write((sql) => sql.run(`INSERT INTO "Facility" VALUES (?, ?, NULL, 9, 0, 'x', 0, 'x', 0)`, id, id))

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
})
