import type { Page } from '@playwright/test'
import { ACHIENG, acceptInvitation, CHIEF, invite, lock, setUp, signOut, unlock } from './steps/accounts.ts'
import { clientHeading, openForm, registerClient, search, type } from './steps/clients.ts'
import { chip, expectAllSent, expectToSend, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const LOCKED = t('lock.title')

test('a tablet is locked in all its tabs, opened with the password, and what was being typed is still there', async ({
  fresh,
  browserOf,
}) => {
  const context = await browserOf(fresh)
  const page = await context.newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  await registerClient(page, { givenName: 'Neema', familyName: 'Locked', age: 40, phone: '0711 000 000' })
  const second = await context.newPage()

  await test.step('another tab and a reload ask for nothing', async () => {
    await second.goto('/')
    await expect(clientHeading(second, t('home.title'))).toBeVisible()
    await page.reload()
    await expect(clientHeading(page, 'Neema Locked')).toBeVisible()
  })

  await test.step('what is begun and not saved is on the first page', async () => {
    await openForm(page)
    await type(page, { phone: '0711 999 999' })
    await page.getByRole('link', { name: t('shell.nav.home') }).click()
    await page
      .getByRole('list', { name: t('home.drafts') })
      .getByRole('link', { name: 'Neema Locked' })
      .click()
    await expect(page.getByLabel(t('fields.phone'), { exact: true })).toHaveValue('0711 999 999')
  })

  await test.step('locked in one tab, nothing is to be seen in either', async () => {
    await lock(second)
    await expect(clientHeading(page, LOCKED)).toBeVisible()
    await expect(page.getByText('Neema')).toHaveCount(0)
    await expect(second.getByText('Neema')).toHaveCount(0)
  })

  await test.step('another password opens nothing', async () => {
    await page.getByLabel(t('fields.password'), { exact: true }).fill('another password of mine')
    await page.getByRole('button', { name: t('lock.submit'), exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: t('problems.unlock-failed') })).toBeVisible()
    await page.reload()
    await expect(clientHeading(page, LOCKED)).toBeVisible()
  })

  await test.step('the password opens both, at the form and with what was typed', async () => {
    await fresh.stop()
    await unlock(page, CHIEF)
    await expect(page.getByLabel(t('fields.phone'), { exact: true })).toHaveValue('0711 999 999')
    await expect(page.getByText(t('clients.draft'), { exact: true })).toBeVisible()
    await expect(clientHeading(second, t('home.title'))).toBeVisible()
  })
})

test('a PIN opens a tablet that locked itself while the app runs; five wrong ones, and the password is asked for', async ({
  fresh,
  browserOf,
}) => {
  const page = await (await browserOf(fresh)).newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  const dialog = page.getByRole('dialog', { name: t('lock.pinChoose') })
  const tryPin = async (pin: string) => {
    await page.getByLabel(t('lock.pin'), { exact: true }).fill(pin)
    await page.getByRole('button', { name: t('lock.submit'), exact: true }).click()
  }
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('lock.pinChoose') }).click()
  await dialog.getByLabel(t('fields.password'), { exact: true }).fill(CHIEF.password)
  await dialog.getByLabel(t('lock.pin'), { exact: true }).fill('204060')
  await dialog.getByRole('button', { name: t('fields.save'), exact: true }).click()
  await expect(dialog).toBeHidden()
  await lock(page)
  await tryPin('204061')
  await expect(page.getByText(t('lock.pinWrong', { count: 4 }))).toBeVisible()
  await tryPin('204060')
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await lock(page)
  for (let left = 4; left > 0; left -= 1) {
    await tryPin('111111')
    await expect(page.getByText(t('lock.pinWrong', { count: left }))).toBeVisible()
  }
  await tryPin('111111')
  await unlock(page, CHIEF)
})

test('a tablet that nobody touches locks itself after five minutes, and not while somebody works in another tab', async ({
  fresh,
  browserOf,
}) => {
  const context = await browserOf(fresh)
  const page = await context.newPage()
  await page.clock.install()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  await page.clock.fastForward('04:50')
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await page.getByRole('searchbox', { name: t('home.search') }).press('a')
  await page.clock.fastForward('04:50')
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await page.clock.fastForward('00:20')
  await expect(clientHeading(page, LOCKED)).toBeVisible()
})

test('two doctors on one tablet: each unlocks without a server, and sees nothing of what the other has not sent', async ({
  fresh,
  tablet,
  watch,
}) => {
  test.setTimeout(240_000)
  watch(fresh).expectError(/status of 401/)
  let page = (await tablet.open()).pages()[0] as Page
  await test.step('the first, who sees clients too, invites the second', async () => {
    await setUp(page, await fresh.setupLink(), CHIEF)
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
    await readyOffline(page)
    await registerClient(page, { givenName: 'Pendo', familyName: 'Sent', age: 22 })
    await expectAllSent(page)
    const link = await invite(page, ACHIENG.email)
    await signOut(page)
    await acceptInvitation(page, link, ACHIENG)
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
    await expectAllSent(page)
  })
  await test.step('the second registers somebody while the server is away', async () => {
    await fresh.stop()
    await registerClient(page, { givenName: 'Siri', familyName: 'Unsent', age: 51 })
    await expectToSend(page, 1)
    await tablet.close()
  })
  await test.step('the browser starts anew: the first unlocks, and finds her own', async () => {
    page = (await tablet.open()).pages()[0] as Page
    await page.goto('/')
    await expect(page.getByText(t('accounts.unsentOf', { name: ACHIENG.name, count: 1 }))).toBeVisible()
    await expect(page.getByText('Siri')).toHaveCount(0)
    await unlock(page, CHIEF)
    await search(page, 'Pendo')
    await expect(page.getByText('Pendo Sent', { exact: true })).toBeVisible()
    await search(page, 'Siri')
    await expect(page.getByText(t('home.nothing', { typed: 'Siri' }))).toBeVisible()
    await page.reload()
    await expect(clientHeading(page, t('home.title'))).toBeVisible()
  })
  await test.step('with the server back she stays herself, and is asked to sign in before anything is sent', async () => {
    await fresh.start()
    await expect(chip(page)).toContainText(t('shell.chip.signedOut'))
    await expect(page.getByRole('button', { name: t('shell.account.menu') })).toHaveText('WK')
  })
  await test.step('the second unlocks in turn, and what she registered is sent', async () => {
    await lock(page)
    await unlock(page, ACHIENG)
    await expectAllSent(page)
    await search(page, 'Siri')
    await expect(page.getByText('Siri Unsent', { exact: true })).toBeVisible()
  })
})
