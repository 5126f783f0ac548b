import { rows } from './database.ts'
import { clientHeading, openClient, openForm, registerClient, rowOf, save, search } from './steps/clients.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { giveFacilities, officeOf } from './steps/office.ts'
import { isStored } from './steps/storage.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const RIVERSIDE = 'Riverside Health Centre'
const HILLTOP = 'Hilltop Dispensary'
/** Nobody else of the demo has it. */
const CANARY = 'Kanariwa'

test('S2, S10, S11: a client moved to another facility leaves the old tablets to the byte and arrives at the new ones; so do the clients of a facility that is given and taken', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(300_000)
  const office = await officeOf(district, browserOf)
  const amina = await doctorAt(district, 'amina', browserOf)
  const fatma = await doctorAt(district, 'fatma', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const number = await registerClient(amina, { givenName: 'Sauda', familyName: CANARY, age: 38, phone: '0713 000 001' })
  const name = `Sauda ${CANARY}`
  await expectAllSent(amina)
  const [hilltop] = rows<{ id: string; name: string }>(
    district,
    `SELECT id, trim(coalesce("givenName", '') || ' ' || coalesce("middleName" || ' ', '') || coalesce("familyName", '')) AS name
     FROM "Client" WHERE "facilityId" = 'demo-hilltop' AND deleted = 0 AND "mergedInto" IS NULL ORDER BY id LIMIT 1`,
  )
  if (hilltop === undefined) throw new Error('the demo has nobody at Hilltop')

  await test.step('a doctor is given a second facility: its clients arrive without a sign-in', async () => {
    await joseph.goto(`/clients/${hilltop.id}`)
    await expect(joseph.getByText(t('clients.notFound'))).toBeVisible()
    await giveFacilities(office, doctor(district, 'joseph').name, [RIVERSIDE, HILLTOP])
    await expect(clientHeading(joseph, hilltop.name)).toBeVisible({ timeout: 30_000 })
  })

  await test.step('that doctor moves the client', async () => {
    await openClient(amina, number, name)
    await openClient(joseph, number, name)
    await openForm(joseph)
    await joseph.getByLabel(t('fields.facility')).selectOption({ label: HILLTOP })
    await save(joseph)
    await expectAllSent(joseph)
  })

  await test.step('it leaves the old tablet, which holds no byte of it any more', async () => {
    await expect(amina.getByText(t('clients.departed'), { exact: true })).toBeVisible()
    await amina.goto('/')
    await search(amina, CANARY)
    await expect(amina.getByText(t('home.nothing', { typed: CANARY }))).toBeVisible()
    await expect.poll(() => isStored(amina, CANARY)).toBe(false)
    await expect.poll(() => isStored(amina, '0713 000 001')).toBe(false)
  })

  await test.step('and is on the new one by itself', async () => {
    await search(fatma, CANARY)
    await expect(rowOf(fatma, name)).toBeVisible()
    await rowOf(fatma, name).click()
    await expect(clientHeading(fatma, name)).toBeVisible()
  })

  await test.step('the facility is taken away again: its clients leave', async () => {
    await giveFacilities(office, doctor(district, 'joseph').name, [RIVERSIDE])
    await expect(joseph.getByText(t('clients.departed'), { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect.poll(() => isStored(joseph, CANARY)).toBe(false)
    await openClient(fatma, number, name)
  })
})
