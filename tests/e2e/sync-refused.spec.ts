import { rows } from './database.ts'
import { changePhone, correct, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { discard, openReview, questionWith, unfold } from './steps/review.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { damageOutbox } from './steps/storage.ts'
import { expectAllSent, expectToSend } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NAME = 'Salma Refused'
/** Longer than a phone number may be (domain/clients/client.ts). */
const TOO_LONG = '0'.repeat(60)

test('P6, O6, L5: a refused change says why, holds nothing up, and is fixed and sent again or knowingly given up; so does one that cannot be read', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(240_000)
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Salma', familyName: 'Refused', age: 28, phone: '0711 100 000' })
  await expectAllSent(page)

  await test.step('three edits wait; two of them are damaged where they lie', async () => {
    await district.stop()
    await changePhone(page, '0711 100 001')
    await changePhone(page, '0711 100 002')
    await changePhone(page, '0711 100 003')
    await expectToSend(page, 3)
    // The second names the first as what it replaces, and the third the second: what is looked for must be in one row.
    expect(await damageOutbox(page, '"from":"0711 100 000","to":"0711 100 001"', `"from":"0711 100 000","to":"${TOO_LONG}"`)).toBe(1)
    expect(await damageOutbox(page, '"to":"0711 100 002"', null)).toBe(1)
    await page.reload()
    await expectToSend(page, 3)
  })

  await test.step('the server refuses two in words and takes the one behind them', async () => {
    await district.start()
    await expectAllSent(page)
    await openReview(page)
    await expect(questionWith(page, t('sync.reason.invalid'))).toContainText(NAME)
    await expect(questionWith(page, t('sync.reason.unreadable'))).toBeVisible()
    expect(rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 100 003' }])
  })

  await test.step('what cannot be read is given up', async () => {
    const question = questionWith(page, t('sync.reason.unreadable'))
    await unfold(question)
    await expect(question).toContainText(t('review.refusedUnreadable'))
    await discard(page, question)
    await expect(question).toHaveCount(0)
  })

  await test.step('the other is put right and sent again', async () => {
    const question = questionWith(page, t('sync.reason.invalid'))
    await unfold(question)
    await expect(question).toContainText(TOO_LONG)
    await expectGoodScreen(page, 'review with a refused change')
    await question.getByRole('link', { name: t('review.fix') }).click()
    await expect(page.getByRole('heading', { level: 1, name: t('review.again.title') })).toBeVisible()
    await expect(page.getByLabel(t('fields.phone'), { exact: true })).toHaveValue(TOO_LONG)
    await expectGoodScreen(page, 'fix and send again')
    const joseph = await doctorAt(district, 'joseph', browserOf)
    await openClient(joseph, number, NAME)
    await correct(joseph, { phone: '0711 100 055', address: 'Blue gate' })
    await expect(page.getByLabel(t('fields.address'), { exact: true })).toHaveValue('Blue gate')
    await expect(page.getByLabel(t('fields.phone'), { exact: true })).toHaveValue(TOO_LONG)
    await expect(page.getByText(t('live.yoursStays'))).toBeVisible()
    await expect(page.getByText('0711 100 055', { exact: true })).toBeVisible()
    await page.getByLabel(t('fields.phone'), { exact: true }).fill('0711 100 009')
    await page.getByRole('button', { name: t('review.fix') }).click()
    await expect(page.getByText(t('review.again.sent'))).toBeVisible()
    await expectAllSent(page)
    await openReview(page)
    await expect(questionWith(page, NAME)).toHaveCount(0)
    await openClient(page, number, NAME)
    await expectPhone(page, '0711 100 009')
    expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number)).toEqual([
      { phone: '0711 100 009', address: 'Blue gate' },
    ])
    expect(rows(district, `SELECT id FROM "Issue" WHERE "recordId" = ? AND state = 'open'`, number)).toEqual([])
  })

  await test.step('a refused change that is given up stays given up', async () => {
    await district.stop()
    await changePhone(page, '0711 100 004')
    await damageOutbox(page, '"to":"0711 100 004"', `"to":"${TOO_LONG}"`)
    await page.reload()
    await district.start()
    await expectAllSent(page)
    await openReview(page)
    const question = questionWith(page, NAME)
    await unfold(question)
    await discard(page, question)
    await expect(question).toHaveCount(0)
    await expectAllSent(page)
    await openClient(page, number, NAME)
    await expectPhone(page, '0711 100 009')
    expect(rows(district, `SELECT state FROM "Issue" WHERE "recordId" = ? ORDER BY seq DESC LIMIT 1`, number)).toEqual([
      { state: 'discarded' },
    ])
  })
})
