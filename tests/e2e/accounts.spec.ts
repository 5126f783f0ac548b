import type { Page } from '@playwright/test'
import { ACHIENG, acceptInvitation, BARAKA, CHIEF, invite, setUp, signIn, signOut, tryToSignIn } from './steps/accounts.ts'
import { setRoles } from './steps/office.ts'
import { askForPassword, changePassword, makeCode, setUpFactor, typeCode } from './steps/ownAccount.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const NEW = 'nine yellow mangoes fell'
const home = (page: Page) => page.getByRole('heading', { level: 1, name: t('home.title') })
const signInPage = (page: Page) => page.getByRole('heading', { level: 1, name: t('accounts.signIn.title') })
type Fixtures = Parameters<Parameters<typeof test>[2]>[0]

/** A chief at the office and an invited doctor, each in a browser of their own. */
async function clinicOf({ browserOf, fresh, watch }: Pick<Fixtures, 'browserOf' | 'fresh' | 'watch'>) {
  watch(fresh).expectError(/status of (400|401|403|409|429)/)
  const chief = await (await browserOf(fresh)).newPage()
  await setUp(chief, await fresh.setupLink(), CHIEF)
  await expect(home(chief)).toBeVisible()
  const link = await invite(chief, ACHIENG.email)
  const doctor = await (await browserOf(fresh)).newPage()
  await acceptInvitation(doctor, link, ACHIENG)
  await expect(home(doctor)).toBeVisible()
  const another = async () => (await browserOf(fresh)).newPage()
  return { chief, doctor, another }
}

test('a forgotten password, without a mail server: an administrator hands over a code, the doctor chooses', async ({
  browserOf,
  fresh,
  watch,
}) => {
  const { chief, doctor, another } = await clinicOf({ browserOf, fresh, watch })
  const page = await another()
  await askForPassword(page, ACHIENG.email)
  const code = await makeCode(chief, ACHIENG)
  await page.getByRole('link', { name: t('accounts.forgot.haveCode') }).click()
  await page.getByLabel(t('accounts.reset.code'), { exact: true }).fill('AAAA-BBBB-CCCC')
  await page.getByLabel(t('accounts.reset.password'), { exact: true }).fill(NEW)
  await page.getByRole('button', { name: t('accounts.reset.submit') }).click()
  await expect(page.getByRole('alert')).toContainText(t('problems.code-dead'))
  await page.getByLabel(t('accounts.reset.code'), { exact: true }).fill(code.toLowerCase())
  await page.getByLabel(t('accounts.reset.password'), { exact: true }).fill(NEW)
  await page.getByRole('button', { name: t('accounts.reset.submit') }).click()
  await expect(page.getByText(t('accounts.signIn.newPassword'))).toBeVisible()
  await signIn(page, { ...ACHIENG, password: NEW })

  await doctor.goto('/account')
  await expect(signInPage(doctor)).toBeVisible()
  await tryToSignIn(doctor, ACHIENG)
  await expect(doctor.getByRole('alert')).toContainText(t('problems.wrong-credentials'))
})

test('the own password is changed with the current one, and everywhere else one is signed out', async ({ browserOf, fresh, watch }) => {
  const { doctor, another } = await clinicOf({ browserOf, fresh, watch })
  const elsewhere = await another()
  await signIn(elsewhere, ACHIENG)
  await changePassword(doctor, 'a wrong one, typed in haste', NEW)
  await expect(doctor.getByRole('alert')).toContainText(t('problems.password-wrong'))
  await changePassword(doctor, ACHIENG.password, NEW)
  await expect(doctor.getByText(t('accounts.own.passwordChanged'))).toBeVisible()
  await doctor.goto('/account')
  await expect(doctor.getByRole('heading', { level: 1, name: t('accounts.own.title') })).toBeVisible()
  await elsewhere.goto('/account')
  await expect(signInPage(elsewhere)).toBeVisible()
  await signIn(elsewhere, { ...ACHIENG, password: NEW })
})

test('a second factor is set up with an app; at sign-in its code is asked, or a recovery code; an administrator takes it away', async ({
  browserOf,
  fresh,
  watch,
}) => {
  const { chief, doctor, another } = await clinicOf({ browserOf, fresh, watch })
  const app = await setUpFactor(doctor, ACHIENG)
  // Not from here: the page still scrolls to the codes, and a menu closes when the page scrolls.
  await doctor.goto('/settings')
  await expect(doctor.getByText(t('shell.failure.notPermitted'))).toBeVisible()
  await signOut(doctor)
  await tryToSignIn(doctor, ACHIENG)
  await typeCode(doctor, '000000')
  await expect(doctor.getByRole('alert')).toContainText(t('problems.wrong-code'))
  await typeCode(doctor, await app.code(30))
  await expect(home(doctor)).toBeVisible()

  const elsewhere = await another()
  await tryToSignIn(elsewhere, ACHIENG)
  await typeCode(elsewhere, app.recoveryCodes[0]?.toLowerCase() ?? '')
  await expect(home(elsewhere)).toBeVisible()
  await elsewhere.goto('/account')
  await expect(elsewhere.getByText(t('accounts.factor.left', { count: 9 }))).toBeVisible()

  await chief.goto('/people')
  const row = chief.getByRole('row').filter({ hasText: ACHIENG.name })
  await row.locator('summary').click()
  await row.getByRole('button', { name: t('administration.people.takeFactor') }).click()
  await expect(chief.getByText(t('administration.people.saved', { name: ACHIENG.name }))).toBeVisible()
  await elsewhere.goto('/account')
  await signIn(elsewhere, ACHIENG)
})

test('the own sessions are listed, and all others are ended at once', async ({ browserOf, fresh, watch }) => {
  const { doctor, another } = await clinicOf({ browserOf, fresh, watch })
  const elsewhere = await another()
  await signIn(elsewhere, ACHIENG)
  await doctor.goto('/account')
  const table = doctor.getByRole('table', { name: t('accounts.own.sessions') })
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(table).toContainText('Chrome')
  await expect(table.getByRole('row').filter({ hasText: t('accounts.own.here') })).toHaveCount(1)
  await doctor.getByRole('button', { name: t('accounts.own.endOthers') }).click()
  await expect(doctor.getByText(t('accounts.own.othersEnded'))).toBeVisible()
  await expect(table.getByRole('row')).toHaveCount(2)
  await elsewhere.goto('/account')
  await expect(signInPage(elsewhere)).toBeVisible()
})

test('another role counts at once: the tablet’s connection ends, and the office page is closed to who is no administrator any more', async ({
  browserOf,
  fresh,
  watch,
}) => {
  const { chief, another } = await clinicOf({ browserOf, fresh, watch })
  const link = await invite(chief, BARAKA.email)
  const baraka = await another()
  const connected = baraka.waitForEvent('websocket', (socket) => socket.url().includes('/socket'))
  await acceptInvitation(baraka, link, BARAKA)
  const socket = await connected
  await expect(home(baraka)).toBeVisible()
  expect(socket.isClosed()).toBe(false)

  await setRoles(chief, BARAKA.name, [t('accounts.role.admin'), t('accounts.role.doctor')])
  await expect.poll(() => socket.isClosed()).toBe(true)
  await baraka.goto('/people')
  await expect(baraka.getByRole('table', { name: t('administration.people.table') })).toBeVisible()

  await setRoles(chief, BARAKA.name, [t('accounts.role.viewer')])
  await baraka.getByRole('button', { name: t('administration.invite.submit') }).click()
  await expect(baraka.getByText(t('shell.failure.notPermitted'))).toBeVisible()

  // The last administrator cannot step down.
  await setRoles(chief, CHIEF.name, [t('accounts.role.doctor')], t('administration.people.refused'))
})

test('these pages are accessible and fit a narrow screen', async ({ browserOf, fresh, watch }) => {
  test.setTimeout(240_000)
  const { chief, doctor, another } = await clinicOf({ browserOf, fresh, watch })
  watch(fresh).expectError(/status of (404|410)/)
  const page = await another()
  await page.goto('/forgot')
  await expectGoodScreen(page, 'password forgotten')
  await askForPassword(page, ACHIENG.email)
  await expectGoodScreen(page, 'a new password was asked for')
  await page.goto('/reset')
  await page.getByRole('button', { name: t('accounts.reset.submit') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectGoodScreen(page, 'reset with errors')
  await page.goto('/reset/nothing')
  await expectGoodScreen(page, 'a reset link that does not work')

  await chief.goto('/people')
  await chief.getByRole('row').filter({ hasText: ACHIENG.name }).locator('summary').click()
  await expectGoodScreen(chief, 'people with a request and an account unfolded')
  await makeCode(chief, ACHIENG)
  await expectGoodScreen(chief, 'people with a code')
  await chief.goto('/settings')
  await expectGoodScreen(chief, 'settings')

  await doctor.goto('/account')
  await expectGoodScreen(doctor, 'my account')
  await setUpFactor(doctor, ACHIENG)
  await expectGoodScreen(doctor, 'my account with recovery codes')
  await tryToSignIn(page, ACHIENG)
  await typeCode(page, '000000')
  await expect(page.getByRole('alert')).toBeVisible()
  await expectGoodScreen(page, 'second step with errors')
})

test('after five wrong passwords the words say when to try again', async ({ browserOf, fresh, watch }) => {
  const { another } = await clinicOf({ browserOf, fresh, watch })
  const page = await another()
  for (let tries = 0; tries < 5; tries += 1) {
    await tryToSignIn(page, { ...ACHIENG, password: `a wrong one, number ${tries}` })
    await expect(page.getByRole('alert')).toContainText(t('problems.wrong-credentials'))
  }
  const refused = page.waitForResponse((response) => response.request().method() === 'POST')
  await tryToSignIn(page, ACHIENG)
  expect((await refused).status()).toBe(429)
  expect(Number((await refused).headers()['retry-after'])).toBeGreaterThan(0)
  await expect(page.getByRole('alert')).toContainText(t('accounts.wait.title'))
  await expect(page.getByRole('alert')).toContainText(/Try again in \d+ seconds\./)
})

test('doctors invite doctors until an administrator says otherwise', async ({ browserOf, fresh, watch }) => {
  const { chief, doctor } = await clinicOf({ browserOf, fresh, watch })
  await chief.goto('/settings')
  await chief.getByRole('checkbox', { name: t('administration.settings.doctorsMayInvite') }).uncheck()
  await chief.getByRole('button', { name: t('administration.settings.save') }).click()
  await expect(chief.getByText(t('administration.settings.saved'))).toBeVisible()
  await doctor.goto('/people')
  await expect(doctor.getByText(t('administration.people.notAllowed'))).toBeVisible()
})
