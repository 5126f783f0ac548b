import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { count, rows } from './database.ts'
import { CHIEF, setUp, signIn } from './steps/accounts.ts'
import { clientHeading, expectPhone, openClient, openForm, registerClient, rowOf, search, type } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { chip, expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** Ms between the click and the end of the tab: before, in and after the write. */
const ENDS = [0, 3, 15, 60, 250]
const NAME = 'Tabu Crash'
/** Four pages of the first sync. */
const CLIENTS = 6_000

test('O1, P1: a tab that is killed in the middle of a write: what the screen called saved is there afterwards, and sent exactly once', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  // The killed process may be the one the service worker lives in: a request on its way fails, and Remix loads the page again.
  watch(district).expectError(/Error loading route module .* reloading page/)
  const context = await browserOf(district)
  const saved = await notesSaved(context)
  let page = await doctorAt(district, 'amina', async () => context)
  const number = await registerClient(page, { givenName: 'Tabu', familyName: 'Crash', age: 50, phone: '0711 300 000' })
  await expectAllSent(page)
  let promises = 0
  const phones = ENDS.map((_, index) => `0711 300 10${index}`)

  for (const [round, after] of ENDS.entries()) {
    const phone = phones[round] as string
    saved.clear()
    await openForm(page)
    await type(page, { phone })
    // The click itself, without Playwright's waiting for what follows.
    await page.getByRole('button', { name: t('fields.save'), exact: true }).evaluate((button: HTMLElement) => {
      setTimeout(() => button.click())
    })
    await new Promise((resolve) => setTimeout(resolve, after))
    await (round % 2 === 0 ? crash(page) : page.close())
    const promised = saved.size > 0
    if (promised) promises += 1
    page = await context.newPage()
    await openClient(page, number, NAME)
    if (promised) await expectPhone(page, phone)
    await expectAllSent(page)
    const stored = rows<{ phone: string }>(district, 'SELECT phone FROM "Client" WHERE id = ?', number)[0]?.phone ?? ''
    await expectPhone(page, stored)
    expect(timesSent(phone), `round ${round}, promised ${promised}`).toBe(stored === phone ? 1 : 0)
  }
  // The last round waits long enough that most machines have saved: else nothing was shown.
  expect(phones.filter((phone) => timesSent(phone) === 1).length).toBeGreaterThan(0)
  expect(promises, 'rounds in which the screen said that it was saved').toBeGreaterThan(0)

  function timesSent(phone: string): number {
    return count(district, `"Change" WHERE "recordId" = ? AND field = 'phone' AND "to" = ?`, number, JSON.stringify(phone))
  }
})

test('F1, F3: a browser that is killed in the middle of the first sync goes on where it was, and the doctor works meanwhile', async ({
  fresh,
  tablet,
  browserOf,
}) => {
  test.setTimeout(300_000)
  const chief = await (await browserOf(fresh)).newPage()
  await setUp(chief, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(chief, t('home.title'))).toBeVisible()
  await chief.context().close()
  const file = join(fresh.folder, 'people.csv')
  writeFileSync(file, `given name,surname,phone\n${people().join('\n')}\n`)
  await fresh.command('import', file)
  expect(count(fresh, '"Client"')).toBe(CLIENTS)

  const before: string[] = []
  let page = await test.step('the second page is held back, and the doctor works with the first', async () => {
    const context = await tablet.open()
    let pages = 0
    await context.route(/\/sync\/snapshot\?.*collection=clients/, async (route) => {
      before.push(route.request().url())
      if (new URL(route.request().url()).searchParams.get('recent') === null) pages += 1
      // Never answered: the network is that slow.
      if (pages < 2) await route.continue()
    })
    const opened = context.pages()[0] as Page
    await signIn(opened, CHIEF)
    await expect(chip(opened)).toContainText(/Receiving [\d,]+ of [\d,]+/)
    await expect.poll(() => pages).toBe(2)
    await readyOffline(opened)
    await opened.goto('/sync')
    await expect(opened.getByRole('heading', { name: t('sync.first.title') })).toBeVisible()
    await expect(opened.getByText(/[\d,]+ of [\d,]+ records/)).toBeVisible()
    await expect(opened.getByText(t('sync.first.meanwhile'), { exact: false })).toBeVisible()
    await opened.goto('/')
    // The import's last ones came ahead of the pages.
    await search(opened, `Mtu${CLIENTS - 1}`)
    await expect(rowOf(opened, `Mtu${CLIENTS - 1} Number`)).toBeVisible()
    return opened
  })

  await tablet.kill()
  const after: string[] = []
  await test.step('opened again it asks only for what is missing', async () => {
    const context = await tablet.open()
    context.on('request', (request) => {
      if (/\/sync\/snapshot\?.*collection=clients/.test(request.url())) after.push(request.url())
    })
    page = await context.newPage()
    // Chromium writes cookies to the disk twice a minute: whether the sign-in is lost too is a matter of luck.
    await context.clearCookies()
    await signIn(page, CHIEF)
    await page.goto('/sync')
    await expect(page.getByText(t('sync.firstDone'))).toBeVisible({ timeout: 60_000 })
    await expectAllSent(page)
    await expect(page.getByText(t('sync.clients'), { exact: true }).locator('..')).toContainText(`${CLIENTS / 1000},000`)
    const starts = (urls: string[]) => urls.filter((url) => new URL(url).searchParams.get('after') === '')
    expect(starts(before)).toHaveLength(1)
    expect(starts(after)).toHaveLength(0)
    expect(after).not.toHaveLength(0)
  })
  await page.goto('/')
  await search(page, 'Mtu17')
  await expect(rowOf(page, 'Mtu17 Number')).toBeVisible()

  await test.step('opened anew, what lies on the disk is read and decrypted by a thread of its own', async () => {
    const thread = page.waitForEvent('worker', (worker) => worker.url().includes('rowWorker'))
    await page.goto('/sync')
    await thread
    await expect(page.getByText(t('sync.clients'), { exact: true }).locator('..')).toContainText(`${CLIENTS / 1000},000`)
    const marks = await page.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name))
    expect(marks).not.toContain('rows are read without a thread')
  })
  await test.step('a browser that lets no such thread run reads all the same', async () => {
    await page.addInitScript(() => {
      class Forbidden {
        onerror: ((event: { message: string }) => void) | null = null
        postMessage = () => queueMicrotask(() => this.onerror?.({ message: 'forbidden' }))
        terminate = () => undefined
      }
      Object.assign(window, { Worker: Forbidden })
    })
    await page.goto('/sync')
    await expect(page.getByText(t('sync.clients'), { exact: true }).locator('..')).toContainText(`${CLIENTS / 1000},000`)
  })
})

function people(): string[] {
  return Array.from({ length: CLIENTS }, (_, index) => `Mtu${index},Number,0799 ${String(100_000 + index)}`)
}

/** Hears the words "saved on this device" as soon as they are on the screen. */
async function notesSaved(context: BrowserContext): Promise<Set<string>> {
  const heard = new Set<string>()
  await context.exposeBinding('heardSaved', () => void heard.add('saved'))
  await context.addInitScript((words) => {
    new MutationObserver(() => {
      if (document.body?.textContent?.includes(words)) (window as unknown as { heardSaved: () => void }).heardSaved()
    }).observe(document, { childList: true, subtree: true, characterData: true })
  }, t('clients.saved'))
  return heard
}

async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const devtools = await page.context().newCDPSession(page)
  void devtools.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}
