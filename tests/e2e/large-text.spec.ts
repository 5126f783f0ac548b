import { demoPerson, signIn } from './steps/accounts.ts'
import { clientOf, fieldPages } from './steps/fieldPages.ts'
import { expectToFit } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'

/** As a person sets it in the browser: everything that is measured in letters grows, the screen does not. */
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--blink-settings=defaultFontSize=32'] })
  },
})

test('check 22: with letters of 200 % no page of a doctor scrolls sideways, in each language', async ({ clinic, browserOf }) => {
  test.setTimeout(300_000)
  const context = await browserOf(clinic)
  const page = await context.newPage()
  const doctor = demoPerson(clinic, 'doctor')
  await signIn(page, doctor)
  await expectAllSent(page)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
  for (const language of ['en', 'fr', 'sw', 'ar']) {
    await context.addCookies([{ name: 'hims_language', value: language, url: clinic.origin }])
    for (const address of fieldPages(clientOf(clinic, doctor.email))) {
      await page.goto(address)
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      for (const width of [640, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        await expectToFit(page, `${address} in ${language}`)
      }
    }
  }
})
