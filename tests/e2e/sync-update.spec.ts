import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { count, endSessions, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { tryToSignIn } from './steps/accounts.ts'
import { changePhone, clientHeading, expectPhone, openClient, openForm, registerClient, type } from './steps/clients.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { chip, expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const SECOND = resolve('.cache/second-version')
const NAME = 'Upendo Update'

test.beforeAll(() => {
  rmSync(SECOND, { recursive: true, force: true })
  for (const part of ['build', 'prisma/sqlite']) cpSync(part, `${SECOND}/${part}`, { recursive: true })
  appendFileSync(`${SECOND}/build/client/sw.js`, '\n// the second version\n')
})
test.afterAll(() => rmSync(SECOND, { recursive: true, force: true }))

test('O11: a new version arrives over unsent changes: it is offered, not while something is typed, and they are sent by it', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  // The session has run out.
  watch(district).expectError(/status of 401/)
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Upendo', familyName: 'Update', age: 37, phone: '0711 700 000' })
  await expectAllSent(page)
  await readyOffline(page)
  await district.stop()
  await changePhone(page, '0711 700 001')
  await changePhone(page, '0711 700 002')
  endSessions(district)

  await startAs(district, SECOND)
  try {
    await test.step('the prompt waits while a form is open', async () => {
      await page.reload()
      await expect(chip(page)).toContainText(t('shell.chip.signedOut'))
      await expect(page.getByText(t('shell.update.ready'))).toBeVisible()
      await openForm(page)
      await type(page, { address: 'Half typed' })
      await expect(page.getByText(t('shell.update.formFirst'))).toBeVisible()
      await expect(page.getByRole('button', { name: t('shell.update.use') })).toBeHidden()
      await type(page, { address: '' })
    })

    await test.step('taken, the page starts as the new version, and the edits are there and unsent', async () => {
      expect(await someVersionWaits()).toBe(true)
      // A worker that a pointed link has started in that moment must be idle first.
      const reloaded = page.waitForEvent('domcontentloaded', { timeout: 90_000 })
      await page.getByRole('button', { name: t('shell.update.use') }).click()
      await reloaded
      await expect(page.getByText(t('shell.update.ready'))).toHaveCount(0)
      // The page is loaded anew only when another worker has taken charge.
      expect(await someVersionWaits()).toBe(false)
      await openClient(page, number, NAME)
      await expectPhone(page, '0711 700 002')
      expect(timesSent('0711 700 001') + timesSent('0711 700 002')).toBe(0)
    })

    await test.step('after signing in they are sent, each once', async () => {
      await tryToSignIn(page, doctor(district, 'amina'))
      await expect(clientHeading(page, t('home.title'))).toBeVisible()
      await expectAllSent(page)
      expect(rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 700 002' }])
      expect([timesSent('0711 700 001'), timesSent('0711 700 002')]).toEqual([1, 1])
    })
  } finally {
    await district.stop()
    await startAs(district, '.')
  }

  function someVersionWaits(): Promise<boolean> {
    return page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/'))?.waiting != null)
  }

  function timesSent(phone: string): number {
    return count(district, `"Change" WHERE "recordId" = ? AND "to" = ?`, number, JSON.stringify(phone))
  }
})

/** The same data, served by the build of another folder. */
async function startAs(server: HimsServer, folder: string): Promise<void> {
  server.home = folder
  await server.start()
}
