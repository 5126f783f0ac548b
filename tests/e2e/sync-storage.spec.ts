import { rows } from './database.ts'
import { changePhone, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { beginWork, doctorAt } from './steps/doctors.ts'
import { databaseNames, deleteOutboxes, isStored } from './steps/storage.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('F1, P13: a tablet whose storage is cleared signs in again, receives everything anew, and nothing that was acknowledged is missing', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Pili', familyName: 'Cleared', age: 45, phone: '0711 800 000' })
  await changePhone(page, '0711 800 001')
  await expectAllSent(page)

  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: district.origin, storageTypes: 'all' })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: t('accounts.signIn.title') })).toBeVisible()
  expect(await databaseNames(page)).toEqual([])

  await beginWork(district, 'amina', page)
  await openClient(page, number, 'Pili Cleared')
  await expectPhone(page, '0711 800 001')
  await changePhone(page, '0711 800 002')
  await expectAllSent(page)
  expect(rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 800 002' }])
  expect(await devicesOf(number)).toHaveLength(2)

  async function devicesOf(recordId: string) {
    return rows(district, 'SELECT DISTINCT "deviceId" FROM "Push" WHERE "recordId" = ?', recordId)
  }
})

test('O9: a tablet whose outbox alone is lost goes on as a new device, and what it writes then is taken', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const context = await browserOf(district)
  const page = await doctorAt(district, 'amina', async () => context)
  const number = await registerClient(page, { givenName: 'Rehema', familyName: 'Lost', age: 29, phone: '0711 810 000' })
  await changePhone(page, '0711 810 001')
  await expectAllSent(page)

  await page.goto('/manifest.webmanifest')
  expect(await deleteOutboxes(page)).toBe(1)
  expect(await isStored(page, number)).toBe(true)

  await openClient(page, number, 'Rehema Lost')
  await changePhone(page, '0711 810 002')
  await expectAllSent(page)
  await changePhone(page, '0711 810 003')
  await expectAllSent(page)
  const pushes = rows<{ deviceId: string; outcome: string }>(
    district,
    'SELECT "deviceId", outcome FROM "Push" WHERE "recordId" = ? ORDER BY seq',
    number,
  )
  expect(pushes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied', 'applied'])
  const [before, , after, last] = pushes.map(({ deviceId }) => deviceId)
  expect(after).not.toBe(before)
  expect(last).toBe(after)
  expect(rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 810 003' }])
})
