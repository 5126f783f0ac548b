import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FRESH_SIGN_IN_MS, tabletKeyContext } from '#domain/accounts/tabletKey.ts'
import { type SealingKey, sealTo } from '#domain/sealedBox.ts'
import { type Clinic, cookieOf, doctorIn, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'

let clinic: Clinic
let admin: string
let doctor: string
let sealing: SealingKey
const KEY_ID = '3f2a1c9e-0000-4000-8000-000000000001'
const KEY = Buffer.alloc(32, 7).toString('base64url')

beforeEach(async () => {
  clinic = await openClinic()
  admin = (await setUp(clinic)).account.id
  doctor = (await doctorIn(clinic)).id
  sealing = await clinic.accounts.sealingKey()
})
afterEach(() => clinic.close())

const boxFor = (accountId: string, key = KEY) => sealTo(sealing, key, tabletKeyContext(accountId, KEY_ID))
const keep = async (accountId: string, box?: string) =>
  clinic.accounts.keepTabletKey(accountId, { keyId: KEY_ID, deviceId: 'device-1', box: box ?? (await boxFor(accountId)) }, META)
const cookie = async () => cookieOf(inside(await clinic.accounts.signIn({ email: 'otieno@example.org', password: PASSWORD }, META)).cookie)

describe('the key of a tablet', () => {
  it('K3: is given back to its own account after a new sign-in, and both are in the audit log', async () => {
    await keep(doctor)
    await keep(doctor)
    expect(await clinic.accounts.giveTabletKey(doctor, KEY_ID, await cookie(), META)).toBe(KEY)
    expect(await clinic.events('device.key-kept')).toMatchObject([{ actorId: doctor, deviceId: 'device-1' }])
    expect(await clinic.events('device.key-given')).toMatchObject([{ actorId: doctor, deviceId: 'device-1', outcome: 'success' }])
  })

  it('K3: is not given to a session that is minutes old, nor to nobody', async () => {
    await keep(doctor)
    const old = await cookie()
    clinic.wait(FRESH_SIGN_IN_MS + 1)
    await expect(clinic.accounts.giveTabletKey(doctor, KEY_ID, old, META)).rejects.toMatchObject({ problem: { code: 'expired' } })
    await expect(clinic.accounts.giveTabletKey(doctor, KEY_ID, '', META)).rejects.toMatchObject({ problem: { code: 'expired' } })
    expect(await clinic.events('device.key-given')).toMatchObject([{ outcome: 'failure' }, { outcome: 'failure' }])
  })

  it('K3: is no other account’s, neither to be read nor to be replaced', async () => {
    await keep(doctor)
    await expect(clinic.accounts.giveTabletKey(admin, KEY_ID, await cookie(), META)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    })
    await expect(keep(admin)).rejects.toMatchObject({ problem: { code: 'not-permitted' } })
  })

  it('K3: is refused when the box holds none: better now than on the day it is needed', async () => {
    const short = boxFor(doctor, Buffer.alloc(16).toString('base64url'))
    const others = boxFor(admin)
    for (const box of [await short, await others, 'a.b.c.d', 'nonsense']) await expect(keep(doctor, box)).rejects.toThrow()
    expect(await clinic.dependencies.database.prisma.tabletKey.count()).toBe(0)
  })

  it('K3: is in the database in its box only', async () => {
    await keep(doctor)
    const { box } = await clinic.dependencies.database.prisma.tabletKey.findFirstOrThrow()
    expect(box).not.toContain(KEY)
    expect(Buffer.from(box, 'base64url').includes(Buffer.alloc(32, 7))).toBe(false)
  })
})
