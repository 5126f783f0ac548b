import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import { CHIEF, lock, setUp, signIn, signOut, unlock } from './steps/accounts.ts'
import { clientHeading, numberIn, search } from './steps/clients.ts'
import { foundIn } from './steps/profile.ts'
import { chip, expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const CANARIES = 50
const LETTERS = 'bcdfghjklmnpqrstvwxz'

/** Like nothing else, so that no packing of the disk's hides it behind something that was there before. */
const letters = () => Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const figures = () => Array.from({ length: 12 }, () => randomInt(10)).join('')

test('what is typed of clients lies nowhere in the browser’s profile: locked, killed in the middle, or signed out', async ({
  fresh,
  tablet,
}) => {
  test.setTimeout(300_000)
  const canaries: string[] = []
  const canary = (make: () => string, dress: (text: string) => string = (text) => text) => {
    const text = make()
    canaries.push(text)
    return dress(text)
  }
  let page = (await tablet.open()).pages()[0] as Page
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(clientHeading(page, t('home.title'))).toBeVisible()
  await readyOffline(page)
  const control = letters()
  await page.evaluate((text) => localStorage.setItem('control', text), control)

  const fill = async () => {
    await page.goto('/clients/new')
    await page.getByText(t('clients.more'), { exact: true }).click()
    await page.getByLabel(t('clients.givenName')).fill(canary(letters))
    await page.getByLabel(t('clients.middleName')).fill(canary(letters))
    await page.getByLabel(t('clients.familyName')).fill(canary(letters))
    await page.getByLabel(t('fields.phone'), { exact: true }).fill(canary(figures))
    await page.getByLabel(t('fields.address'), { exact: true }).fill(canary(letters))
    await page.getByLabel(t('clients.nationalId')).fill(canary(figures))
    await page.getByLabel(t('fields.email'), { exact: true }).fill(canary(letters, (text) => `${text}@example.org`))
    await page.getByLabel(t('fields.notes'), { exact: true }).fill(canary(letters, (text) => `came with ${text} today`))
  }
  const register = async () => {
    await fill()
    await page.getByRole('button', { name: t('clients.register'), exact: true }).click()
    await expect(page.getByRole('link', { name: t('fields.edit') })).toBeVisible()
    return numberIn(page)
  }
  const numbers: string[] = []
  for (let client = 0; client < 4; client += 1) numbers.push(await register())
  await expectAllSent(page)
  await fresh.stop()
  numbers.push(await register())
  await expect(chip(page)).toContainText(t('shell.chip.waiting', { count: 1 }))
  // A name that nobody has, carried from the search into the form: into no address.
  await page.goto('/')
  await search(page, canary(letters))
  await page.getByRole('link', { name: t('home.register', { typed: canaries.at(-1) }) }).click()
  await expect(page.getByLabel(t('clients.givenName'))).not.toHaveValue('')
  await page.goto('/')
  await search(page, canary(letters))

  /** Everything is looked for as the numbers of the clients and the control are, and those are found. */
  const expectNone = (state: string) => {
    const found = foundIn(tablet.profile, [...canaries, ...numbers, control])
    const leaks = [...found].filter(([text]) => canaries.includes(text)).map(([text, file]) => `${text} in ${file}`)
    expect(leaks, state).toEqual([])
    expect([...found.keys()].sort(), `${state}: what lies readable`).toEqual([...numbers, control].sort())
  }

  await test.step('locked', async () => {
    await fill()
    await page.getByLabel(t('fields.notes'), { exact: true }).fill(canary(letters))
    await lock(page)
    expect(canaries.length).toBeGreaterThanOrEqual(CANARIES)
    await page.waitForTimeout(2_000)
    expectNone('locked, the browser running')
    await unlock(page, CHIEF)
    await page.goto('/clients/new')
    await expect(page.getByLabel(t('fields.notes'), { exact: true })).toHaveValue(canaries.at(-1) ?? '')
  })

  await test.step('killed while somebody types', async () => {
    await page.getByLabel(t('fields.address'), { exact: true }).fill(canary(letters))
    await page.waitForTimeout(1_000)
    await tablet.kill()
    expectNone('killed')
  })

  await test.step('signed out and closed', async () => {
    await fresh.start()
    const context = await tablet.open()
    page = context.pages()[0] as Page
    await context.clearCookies()
    await signIn(page, CHIEF)
    await expectAllSent(page)
    await search(page, canary(letters))
    await signOut(page)
    await tablet.close()
    expectNone('signed out')
  })
})
