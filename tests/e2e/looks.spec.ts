import { demoPerson, signIn } from './steps/accounts.ts'
import { clientOf, fieldPages } from './steps/fieldPages.ts'
import { expectGoodScreen, expectLargeTargets, expectNoViolations } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { arabic, t } from './words.ts'

test('checks 19, 20, 23: every page of a doctor in Arabic and with high contrast, at 320 pixels too', async ({ clinic, browserOf }) => {
  test.setTimeout(300_000)
  const page = await (await browserOf(clinic)).newPage()
  const doctor = demoPerson(clinic, 'doctor')
  await signIn(page, doctor)
  await expectAllSent(page)
  const pages = fieldPages(clientOf(clinic, doctor.email))
  await page.goto('/preferences')
  await expectGoodScreen(page, 'settings of this device')
  await page.getByRole('radio', { name: t('preferences.themes.contrast') }).check()
  await page
    .getByRole('button', { name: t('shell.languages.ar') })
    .first()
    .click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  for (const address of pages) {
    await page.goto(address)
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast')
    await expectGoodScreen(page, `${address} in Arabic with high contrast`)
    await expectLargeTargets(page, address)
  }
})

test('check 23: in Arabic the page is mirrored, the phone number is not', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  const doctor = demoPerson(clinic, 'doctor')
  await signIn(page, doctor)
  await expectAllSent(page)
  const { client, phone } = clientOf(clinic, doctor.email)
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('shell.languages.ar') }).click()
  await page.keyboard.press('Escape')
  await page.goto(`/clients/${client}`)
  await expect(page.getByRole('heading', { name: arabic('clients.details') })).toBeVisible()
  const number = page.getByRole('link', { name: phone }).locator('bdi')
  await expect(number).toHaveText(phone)
  // The first digit is left of the last one.
  const [first, last] = await number.evaluate((element) => {
    const text = element.firstChild as Text
    const left = (from: number) => {
      const range = document.createRange()
      range.setStart(text, from)
      range.setEnd(text, from + 1)
      return range.getBoundingClientRect().left
    }
    return [left(0), left(text.length - 1)] as const
  })
  expect(first).toBeLessThan(last)
  const [menu, main] = await Promise.all([page.getByRole('navigation').boundingBox(), page.getByRole('main').boundingBox()])
  expect(menu?.x).toBeGreaterThan(main?.x ?? 0)
})

test('check 20: a theme that was chosen stands after a navigation, and the lock screen and the dialogs have it', async ({
  clinic,
  browserOf,
}) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'doctor'))
  await expectAllSent(page)
  await page.goto('/preferences')
  await page.getByRole('radio', { name: t('preferences.themes.dark') }).check()
  await page.getByRole('radio', { name: t('preferences.sizes.largest') }).check()
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('lock.pinChoose') }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoViolations(page, 'choose a PIN, dark')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('lock.now'), exact: true }).click()
  await expect(page.getByRole('heading', { name: t('lock.title') })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
  await expectGoodScreen(page, 'locked, dark, the largest text')
})

test('keyboard: Ctrl+K searches from anywhere, "?" tells the keys, and single keys can be turned off', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'doctor'))
  await expectAllSent(page)
  await page.goto('/sync')
  await expect(page.getByRole('heading', { level: 1, name: t('sync.title') })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox', { name: t('home.search') })).toBeFocused()
  await page.keyboard.type('n?/')
  await expect(page.getByRole('searchbox')).toHaveValue('n?/')
  await page.goto('/preferences')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: t('preferences.shortcuts') })).toBeVisible()
  await expectNoViolations(page, 'shortcuts')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('checkbox', { name: t('preferences.shortcuts') }).uncheck()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('n')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).toHaveURL(/preferences$/)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox', { name: t('home.search') })).toBeFocused()
})
