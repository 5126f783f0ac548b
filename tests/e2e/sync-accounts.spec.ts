import { readFileSync } from 'node:fs'
import { count, endSessions, rows } from './database.ts'
import { signIn, signOut, tryToSignIn } from './steps/accounts.ts'
import { changePhone, clientHeading, correct, openClient, registerClient, search } from './steps/clients.ts'
import { beginWork, doctor, doctorAt } from './steps/doctors.ts'
import { officeOf } from './steps/office.ts'
import { chip, expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('O13: signing out with unsent changes asks first; the next person sees nothing of them, and they are sent when the first comes back', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  watch(district).expectError(/status of 401/)
  const { name } = doctor(district, 'amina')
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Siri', familyName: 'Hidden', age: 31, phone: '0715 000 000' })
  await expectAllSent(page)
  await district.stop()
  await changePhone(page, '0715 000 001')
  await correct(page, { address: 'Quiet corner' })
  endSessions(district)
  await district.start()
  await expect(chip(page)).toContainText(t('shell.chip.signedOut'))

  await test.step('it asks, and one may stay', async () => {
    await askToSignOut()
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
    await expect(dialog).toContainText(t('shell.account.unsentTitle', { count: 2 }))
    await dialog.getByRole('button', { name: t('shell.account.stay') }).click()
    await expect(dialog).toBeHidden()
    await expect(clientHeading(page, 'Siri Hidden')).toBeVisible()
  })

  await test.step('left all the same, the sign-in page tells whose and how many', async () => {
    await askToSignOut()
    await page.getByRole('button', { name: t('shell.account.signOutAnyway') }).click()
    await expect(page.getByRole('heading', { level: 1, name: t('accounts.signIn.title') })).toBeVisible()
    await expect(page.getByText(t('accounts.unsentOf', { name, count: 2 }))).toBeVisible()
  })

  await test.step('another doctor on the same tablet sees nothing of it', async () => {
    await beginWork(district, 'fatma', page)
    await search(page, 'Siri Hidden')
    await expect(page.getByText(t('home.nothing', { typed: 'Siri Hidden' }))).toBeVisible()
    await page.goto(`/clients/${number}`)
    await expect(page.getByText(t('clients.notFound'))).toBeVisible()
    await page.goto('/sync')
    await expect(page.getByText(t('sync.allSent'))).toBeVisible()
    expect(count(district, '"Change" WHERE "to" = ?', JSON.stringify('0715 000 001'))).toBe(0)
    await signOut(page)
    await expect(page.getByText(t('accounts.unsentOf', { name, count: 2 }))).toBeVisible()
  })

  await test.step('the first comes back, and everything is sent', async () => {
    await signIn(page, doctor(district, 'amina'))
    await expectAllSent(page)
    expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number)).toEqual([
      { phone: '0715 000 001', address: 'Quiet corner' },
    ])
    await signOut(page)
    await expect(page.getByText(t('accounts.unsentHere'))).toHaveCount(0)
  })

  async function askToSignOut(): Promise<void> {
    await page.getByRole('button', { name: t('shell.account.menu') }).click()
    await page.getByRole('button', { name: t('shell.account.signOut') }).click()
  }
})

test('W3, P1: unsent changes are saved to a file, an administrator brings it in, and what the tablet sends later counts once', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  watch(district).expectError(/status of 40[019]/)
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Faili', familyName: 'Carried', age: 65, phone: '0715 100 000' })
  await expectAllSent(page)
  await district.stop()
  await changePhone(page, '0715 100 001')
  await correct(page, { address: 'Two wells' })
  await page.goto('/sync')
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: t('sync.export.button') }).click()
  const file = await (await arrives).path()
  await expect(page.getByText(t('sync.export.done'))).toBeVisible()
  expect(readFileSync(file, 'utf8')).toContain('0715 100 001')

  endSessions(district)
  await district.start()
  await test.step('the administrator brings it in, and sees what became of it but not what is in it', async () => {
    const office = await officeOf(district, browserOf)
    await office.goto('/devices')
    await office
      .getByLabel(t('devices.file.choose'))
      .setInputFiles({ name: 'photo.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await office.getByRole('button', { name: t('devices.file.submit') }).click()
    await expect(office.getByText(t('devices.file.unreadable'))).toBeVisible()
    await office.getByLabel(t('devices.file.choose')).setInputFiles(file)
    await office.getByRole('button', { name: t('devices.file.submit') }).click()
    await expect(office.getByText(t('devices.file.done', { count: 2 }))).toBeVisible()
    const table = office.getByRole('table', { name: t('devices.file.table') })
    await expect(table.getByRole('row').filter({ hasText: t('devices.file.outcomes.taken') })).toHaveCount(2)
    await expect(office.getByText('0715 100 001')).toHaveCount(0)
  })
  expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number)).toEqual([
    { phone: '0715 100 001', address: 'Two wells' },
  ])

  await test.step('meanwhile a colleague goes on; then the tablet sends what was in the file, and alters nothing', async () => {
    const joseph = await doctorAt(district, 'joseph', browserOf)
    await openClient(joseph, number, 'Faili Carried')
    await changePhone(joseph, '0715 100 777')
    await expectAllSent(joseph)
    await tryToSignIn(page, doctor(district, 'amina'))
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
    await expectAllSent(page)
    expect(rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number)).toEqual([
      { phone: '0715 100 777', address: 'Two wells' },
    ])
    expect(count(district, `"Change" WHERE "recordId" = ? AND "to" = ?`, number, JSON.stringify('0715 100 001'))).toBe(1)
    expect(count(district, `"Issue" WHERE "recordId" = ? AND state = 'open' AND deleted = 0`, number)).toBe(0)
  })
})
