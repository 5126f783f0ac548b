import type { BrowserContext, Page } from '@playwright/test'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { count, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { partnerToken, readClient } from './steps/applications.ts'
import { auditLines } from './steps/audit.ts'
import { changePhone, correct, openClient, openForm, registerClient, save } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { officeOf } from './steps/office.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { isStored } from './steps/storage.ts'
import { expectAllSent, expectToSend } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NAME = 'Zawadi Forgotten'

test('X1, X3, X7, X9: a doctor asks, an administrator erases without seeing who it is, and a late edit on another tablet is not kept', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  // The number that was typed wrongly is answered so.
  watch(district).expectError(/status of 400/)
  const office = await officeOf(district, browserOf)
  const seenByOffice = contentsOf(office)
  const josephs = await browserOf(district)
  const number = await withUnsentEdit(district, josephs)
  const spoken = spokenClientNumber(number)
  await district.start()
  const amina = await doctorAt(district, 'amina', browserOf)

  await test.step('the doctor asks, and has to say why', async () => {
    await openClient(amina, number, NAME)
    await amina.getByRole('button', { name: t('erasure.ask.open') }).click()
    const dialog = amina.getByRole('alertdialog')
    await dialog.getByRole('button', { name: t('erasure.ask.submit') }).click()
    await expect(dialog).toContainText(t('erasure.ask.chooseReason'))
    await dialog.getByLabel(t('erasure.reason')).selectOption(t('erasure.reasons.asked-by-client'))
    await dialog.getByRole('button', { name: t('erasure.ask.submit') }).click()
    await expect(amina.getByText(t('erasure.ask.sent'))).toBeVisible()
    expect(rows(district, 'SELECT deleted FROM "Client" WHERE id = ?', number)).toEqual([{ deleted: 0 }])
  })

  await test.step('the administrator types the number, and it is done', async () => {
    await office.goto('/erasure')
    await expect(office.getByText(t('erasure.reasons.asked-by-client')).first()).toBeVisible()
    await office.getByLabel(t('erasure.eraseOf', { number: spoken })).click()
    const typed = office.getByLabel(t('erasure.type', { number: spoken }))
    await typed.fill('another number')
    await office.getByRole('button', { name: t('erasure.confirm') }).click()
    await expect(office.getByText(t('erasure.mistyped'))).toBeVisible()
    await typed.fill(spoken)
    await office.getByRole('button', { name: t('erasure.confirm') }).click()
    await expect(office.getByText(t('erasure.done', { number: spoken }))).toBeVisible()
    await expect(office.getByRole('table', { name: t('erasure.decidedTable') })).toContainText(spoken)
    await expect(office.getByText(t('erasure.noRequests'))).toBeVisible()
  })

  await test.step("the client is gone from the doctor's screen at once", async () => {
    await expect(amina.getByText(t('clients.departed'), { exact: true })).toBeVisible()
    await expect.poll(() => isStored(amina, 'Forgotten')).toBe(false)
    expect(rows(district, 'SELECT "givenName", phone, deleted FROM "Client" WHERE id = ?', number)).toEqual([
      { givenName: null, phone: null, deleted: 1 },
    ])
  })

  await test.step('the other tablet comes back: its edits are not kept, and it says so until that was read', async () => {
    const joseph = await josephs.newPage()
    await joseph.goto('/')
    await expect(joseph.getByText(t('erasure.unkept', { count: 1, numbers: spoken }))).toBeVisible()
    await expectAllSent(joseph)
    for (const text of ['Forgotten', '0713 000 002', 'Late street']) await expect.poll(() => isStored(joseph, text)).toBe(false)
    expect(count(district, `"Push" WHERE "recordId" = ? AND outcome = 'erased' AND body IS NULL`, number)).toBe(2)
    await joseph.reload()
    await joseph.getByRole('button', { name: t('erasure.understood') }).click()
    await expect(joseph.getByText(t('erasure.unkeptHint'))).toBeHidden()
  })

  await test.step('no page of the office ever held the name or the phone, and the log tells of both steps', async () => {
    await expect((await auditLines(office, 'client.erasure-requested')).first()).toContainText(number)
    await expect((await auditLines(office, 'client.erased')).first()).toContainText(number)
    const seen = (await seenByOffice()).join('\n')
    expect(seen).toContain(number)
    for (const text of ['Zawadi', 'Forgotten', '0713 000']) expect(seen).not.toContain(text)
  })
})

test('X9: a number that came on paper is looked up and erased without a request; a doctor does not get the page', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const office = await officeOf(district, browserOf)
  const amina = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(amina, { givenName: 'Paper', familyName: 'Letter', age: 51 })
  await expectAllSent(amina)
  const spoken = spokenClientNumber(number)
  await office.goto('/erasure')
  await office.getByLabel(t('erasure.number'), { exact: true }).fill('7K2M 9QXA 41RT C')
  await office.getByRole('button', { name: t('erasure.find') }).click()
  await expect(office.getByText(t('erasure.unknown'))).toBeVisible()
  await office.getByLabel(t('erasure.number'), { exact: true }).fill(spoken.toLowerCase())
  await office.getByRole('button', { name: t('erasure.find') }).click()
  await office.getByLabel(t('erasure.eraseOf', { number: spoken })).click()
  await expectGoodScreen(office, 'erasure')
  await office.getByLabel(t('erasure.reason')).selectOption(t('erasure.reasons.legal-duty'))
  await office.getByLabel(t('erasure.type', { number: spoken })).fill(number)
  await office.getByRole('button', { name: t('erasure.confirm') }).click()
  await expect(office.getByText(t('erasure.done', { number: spoken }))).toBeVisible()
  await expect(amina.getByText(t('clients.departed'), { exact: true })).toBeVisible()
  const answer = await amina.request.get('/erasure')
  expect(answer.status()).toBe(403)
})

test('X8: a client who does not want to be shared is nobody to partner systems from then on', async ({ district, browserOf }) => {
  test.setTimeout(180_000)
  const amina = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(amina, { givenName: 'Private', familyName: 'Person', age: 29 })
  await expectAllSent(amina)
  const token = await partnerToken(district, district.demo.application as Parameters<typeof partnerToken>[1])
  expect((await readClient(district, number, token)).status).toBe(200)
  await openForm(amina)
  await amina.getByText(t('clients.more'), { exact: true }).click()
  await amina.getByRole('checkbox', { name: t('clients.share') }).uncheck()
  await save(amina)
  await expectAllSent(amina)
  expect((await readClient(district, number, token)).status).toBe(404)
})

/** Joseph's tablet with a client of his and two edits of it that the server has not seen; his page is closed, the server stopped. */
async function withUnsentEdit(server: HimsServer, context: BrowserContext): Promise<string> {
  const page = await doctorAt(server, 'joseph', async () => context)
  const number = await registerClient(page, { givenName: 'Zawadi', familyName: 'Forgotten', age: 62, phone: '0713 000 001' })
  await expectAllSent(page)
  await openClient(page, number, NAME)
  await server.stop()
  await changePhone(page, '0713 000 002')
  await correct(page, { address: 'Late street' })
  await expectToSend(page, 2)
  await page.close()
  return number
}

/** Every answer that a page gets from now on. */
function contentsOf(page: Page): () => Promise<string[]> {
  const texts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/erasure')) texts.push(response.text().catch(() => ''))
  })
  return () => Promise.all(texts)
}
