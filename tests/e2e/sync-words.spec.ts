import type { Page, WebSocketRoute } from '@playwright/test'
import { count, endSessions } from './database.ts'
import { tryToSignIn } from './steps/accounts.ts'
import {
  changePhone,
  clientHeading,
  clientMark,
  expectPhone,
  openClient,
  registerClient,
  rowOf,
  SENT,
  search,
  UNSENT,
} from './steps/clients.ts'
import { movableClock, moveClock } from './steps/clock.ts'
import { doctor, doctorAt } from './steps/doctors.ts'
import { chip, expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** What the server says is held back from here on. */
interface Held {
  isHolding: boolean
  release: () => void
}

async function heldAnswers(page: Page): Promise<Held> {
  const waiting: { to: WebSocketRoute; message: string | Buffer }[] = []
  const held: Held = {
    isHolding: false,
    release() {
      held.isHolding = false
      for (const { to, message } of waiting.splice(0)) to.send(message)
    },
  }
  await page.routeWebSocket(/[/]socket[/]/, (to) => {
    const server = to.connectToServer()
    server.onMessage((message) => {
      if (held.isHolding) waiting.push({ to, message })
      else to.send(message)
    })
  })
  return held
}

test('check 5: "sent" is said only when the server has answered, however long that takes', async ({ district, browserOf }) => {
  test.setTimeout(180_000)
  const page = await doctorAt(district, 'amina', browserOf)
  const held = await heldAnswers(page)
  await page.reload()
  await expectAllSent(page)
  await registerClient(page, { givenName: 'Subira', familyName: 'Answer', age: 28, phone: '0711 670 000' })
  await expectAllSent(page)
  held.isHolding = true
  await changePhone(page, '0711 670 001')
  // The server has it long before this tablet knows.
  await expect.poll(() => count(district, `"Change" WHERE "to" = ?`, JSON.stringify('0711 670 001'))).toBe(1)
  await expect(clientMark(page, UNSENT)).toBeVisible()
  await expect(chip(page)).not.toContainText(t('shell.chip.nothing'))
  await expect(page.getByText(SENT, { exact: true })).toHaveCount(0)
  held.release()
  await expect(clientMark(page, SENT)).toBeVisible()
  await expectAllSent(page)
})

test('check 6: the chip tells when something was received last, and another doctor’s change makes it new', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const context = await browserOf(district)
  await movableClock(context)
  const page = await doctorAt(district, 'amina', async () => context)
  const other = await doctorAt(district, 'joseph', browserOf)
  await expect(chip(page)).toContainText('last received now')
  await moveClock(page, 3 * 60_000)
  await expect(chip(page)).toContainText('3 min', { timeout: 60_000 })
  await registerClient(other, { givenName: 'Received', familyName: 'Rightnow', age: 30 })
  await expect(chip(page)).toContainText('last received now', { timeout: 60_000 })
})

test('check 15: a session that is over keeps nobody from reading and writing, and what was written is sent after signing in', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(180_000)
  watch(district).expectError(/status of 401/)
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Session', familyName: 'Overhere', age: 44, phone: '0711 680 000' })
  await expectAllSent(page)
  endSessions(district)
  await district.stop()
  await district.start()
  await expect(chip(page)).toContainText(t('shell.chip.signedOut'))
  await changePhone(page, '0711 680 001')
  await page.goto('/')
  await search(page, 'Session Overhere')
  await rowOf(page, 'Session Overhere').click()
  await expectPhone(page, '0711 680 001')
  await district.stop()
  await changePhone(page, '0711 680 002')
  await page.reload()
  await expectPhone(page, '0711 680 002')
  await district.start()
  await tryToSignIn(page, doctor(district, 'amina'))
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await expectAllSent(page)
  await openClient(page, number, 'Session Overhere')
  await expectPhone(page, '0711 680 002')
  for (const phone of ['0711 680 001', '0711 680 002'])
    expect(count(district, `"Change" WHERE "recordId" = ? AND "to" = ?`, number, JSON.stringify(phone)), phone).toBe(1)
})
