import { count } from './database.ts'
import { changePhone, clientHeading, enrol, enrollment, expectPhone, openClient, registerClient, rowOf, search } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { isStored } from './steps/storage.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const HILLTOP = 'Hilltop Dispensary'
const SHARED = t('sharing.shared', { home: 'Riverside Health Centre', facility: HILLTOP })

test('S15, S16, S17: a client who comes to another clinic is found by the card, shared for a reason, worked with by both, and given back', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const fatma = await doctorAt(district, 'fatma', browserOf)
  const name = 'Zawadi Shirika'
  const number = await registerClient(amina, { givenName: 'Zawadi', familyName: 'Shirika', age: 31, phone: '0714 000 001' })
  await enrol(amina, ['HIV Care'])
  await expectAllSent(amina)

  await test.step('a name finds nobody of another facility; the number of the card does, and says no more than it must', async () => {
    await search(fatma, 'Zawadi Shirika')
    await expect(fatma.getByText(t('home.nothing', { typed: 'Zawadi Shirika' }))).toBeVisible()
    await expect(fatma.getByRole('heading', { name: t('sharing.title') })).toBeHidden()
    await search(fatma, number.toLowerCase())
    await fatma.getByRole('button', { name: t('sharing.look') }).click()
    await expect(fatma.getByText('ZS', { exact: true })).toBeVisible()
    // The app's year, whenever this test runs: 31 years old, as a number that nobody puts a comma into.
    await expect(fatma.getByText(/born about \d{4}$/)).toBeVisible()
    await expect(fatma.getByRole('main')).not.toContainText('Zawadi')
    expect(await isStored(fatma, 'Shirika')).toBe(false)
  })

  await test.step('without a reason nothing is shared', async () => {
    await fatma.getByLabel(t('sharing.facility'), { exact: true }).selectOption({ label: HILLTOP })
    await fatma.getByRole('button', { name: t('sharing.share', { facility: HILLTOP }) }).click()
    await expect(fatma.getByText(t('sharing.reasonMissing'))).toBeVisible()
    expect(count(district, `"Client" WHERE "sharedWith" IS NOT NULL`)).toBe(0)
  })

  await test.step('shared, the whole record arrives by itself, and the home sees with whom and why', async () => {
    await openClient(amina, number, name)
    await fatma.getByRole('radio', { name: t('sharing.reasons.referred') }).check()
    await fatma.getByRole('button', { name: t('sharing.share', { facility: HILLTOP }) }).click()
    await expect(clientHeading(fatma, name)).toBeVisible()
    await expect(enrollment(fatma, 'HIV Care')).toBeVisible()
    for (const page of [fatma, amina]) {
      await expect(page.getByText(SHARED)).toBeVisible()
      await expect(page.getByText(t('sharing.reasons.referred'), { exact: true }).first()).toBeVisible()
    }
    // It never left the home's tablet on the way.
    await expect(clientHeading(amina, name)).toBeVisible()
  })

  await test.step('both write to it, and see what the other wrote at once', async () => {
    await changePhone(fatma, '0714 000 002')
    await expectPhone(amina, '0714 000 002')
    await enrol(amina, ['Tuberculosis Treatment'])
    await expect(enrollment(fatma, 'Tuberculosis Treatment')).toBeVisible()
    await fatma.goto('/')
    await search(fatma, 'Shirika')
    await expect(rowOf(fatma, name)).toBeVisible()
    await rowOf(fatma, name).click()
  })

  await test.step('the home ends it: nothing of the client is left on the other tablet', async () => {
    await amina.getByRole('button', { name: t('sharing.end') }).click()
    await amina
      .getByRole('alertdialog')
      .getByRole('button', { name: t('sharing.endConfirm') })
      .click()
    await expect(amina.getByText(t('sharing.ended', { facility: HILLTOP }))).toBeVisible()
    await expect(fatma.getByText(t('clients.departed'), { exact: true })).toBeVisible()
    await expect(amina.getByText(SHARED)).toBeHidden()
    await expectAllSent(fatma)
    await expect.poll(() => isStored(fatma, 'Shirika')).toBe(false)
    await expectPhone(amina, '0714 000 002')
  })
})
