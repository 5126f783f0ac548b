import type { Page } from '@playwright/test'
import { rows } from './database.ts'
import { clientHeading, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { openReview } from './steps/review.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NAME = 'Nuru Mistake'

test('M8, M12, S13: a client who is removed leaves every tablet, and comes back by "Undo" and by "Bring back", whichever doctor does it', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const joseph = await doctorAt(district, 'joseph', browserOf)
  const number = await registerClient(amina, { givenName: 'Nuru', familyName: 'Mistake', age: 33, phone: '0711 140 000' })
  await expectAllSent(amina)
  await openClient(joseph, number, NAME)

  await remove(amina)
  await amina.getByRole('button', { name: t('removal.undo') }).click()
  await expect(clientHeading(amina, NAME)).toBeVisible()
  await expectAllSent(amina)
  await openClient(joseph, number, NAME)
  expect(rows(district, 'SELECT deleted, phone FROM "Client" WHERE id = ?', number)).toEqual([{ deleted: 0, phone: '0711 140 000' }])

  await remove(amina)
  await expectAllSent(amina)
  await expect(joseph.getByText(t('clients.departed'), { exact: true })).toBeVisible()
  expect(rows(district, 'SELECT deleted FROM "Client" WHERE id = ?', number)).toEqual([{ deleted: 1 }])

  await openReview(amina)
  await amina.getByRole('button', { name: t('removal.bringBackOf', { name: NAME }) }).click()
  await expect(clientHeading(amina, NAME)).toBeVisible()
  await expectAllSent(amina)
  await openClient(joseph, number, NAME)
  await expectPhone(joseph, '0711 140 000')

  await test.step('the other doctor brings back, whole, who was removed on a tablet that is not at hand', async () => {
    await remove(amina)
    await expectAllSent(amina)
    await amina.close()
    await openReview(joseph)
    const removed = joseph
      .getByRole('list', { name: t('removal.list') })
      .getByRole('listitem')
      .filter({ hasText: NAME })
    await expect(removed).toContainText(doctor(district, 'amina').name)
    await expectGoodScreen(joseph, 'review with removed clients')
    await removed.getByRole('button', { name: t('removal.bringBackOf', { name: NAME }) }).click()
    await expect(clientHeading(joseph, NAME)).toBeVisible()
    await expectPhone(joseph, '0711 140 000')
    await expectAllSent(joseph)
    expect(rows(district, 'SELECT deleted, phone FROM "Client" WHERE id = ?', number)).toEqual([{ deleted: 0, phone: '0711 140 000' }])
    await openReview(joseph)
    await expect(removed).toHaveCount(0)
  })

  async function remove(page: Page): Promise<void> {
    await page.getByRole('button', { name: t('removal.remove') }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('textbox').fill('Somebody Else')
    await dialog.getByRole('button', { name: t('removal.confirm'), exact: true }).click()
    await expect(dialog).toContainText(t('removal.mismatch'))
    await dialog.getByRole('textbox').fill('Mistake')
    await dialog.getByRole('button', { name: t('removal.confirm'), exact: true }).click()
    await expect(page.getByText(t('removal.removed', { name: NAME }))).toBeVisible()
  }
})
