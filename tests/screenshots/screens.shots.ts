import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CHIEF, demoPerson, setUp, signIn } from '../e2e/steps/accounts.ts'
import { clientOf, fieldPages } from '../e2e/steps/fieldPages.ts'
import { expectAllSent } from '../e2e/steps/sync.ts'
import { test } from '../e2e/test.ts'
import { t } from '../e2e/words.ts'

const FOLDER = 'screenshots'
const WIDTHS = { 360: 740, 800: 1100, 1280: 800 }
const LOOKS = [
  { name: 'light', settings: {}, language: 'en' },
  { name: 'dark', settings: { theme: 'dark' }, language: 'en' },
  { name: 'contrast', settings: { theme: 'contrast' }, language: 'en' },
  { name: 'arabic', settings: {}, language: 'ar' },
] as const

const OFFICE = [
  '/dashboard',
  '/reports',
  '/exchange',
  '/people',
  '/devices',
  '/facilities',
  '/applications',
  '/erasure',
  '/audit',
  '/settings',
  '/account',
]

test('pictures of every page, in three widths and four looks', async ({ clinic, browserOf, watch }) => {
  // One of the pages is that there is no such page.
  watch(clinic).expectError(/status of 404/)
  rmSync(FOLDER, { recursive: true, force: true })
  const taken: string[] = []
  const guest = await (await browserOf(clinic)).newPage()
  taken.push(...(await picturesOf(guest, clinic.origin, ['/sign-in', '/forgot', '/no/such/page'], 'guest')))
  const doctor = await (await browserOf(clinic)).newPage()
  await signIn(doctor, demoPerson(clinic, 'doctor'))
  await expectAllSent(doctor)
  taken.push(...(await picturesOf(doctor, clinic.origin, fieldPages(clientOf(clinic, demoPerson(clinic, 'doctor').email)), 'doctor')))
  await doctor.evaluate(() => localStorage.removeItem('hims.settings'))
  await picturesOfManifest(doctor, clinic.origin)
  const admin = await (await browserOf(clinic)).newPage()
  await signIn(admin, demoPerson(clinic, 'admin'), t('administration.people.title'))
  taken.push(...(await picturesOf(admin, clinic.origin, OFFICE, 'admin')))
  writeFileSync(`${FOLDER}/index.html`, indexOf(taken))
})

test('check 29: pictures of what is empty, what is still coming, and what fails', async ({ fresh, clinic, browserOf, watch }) => {
  watch(clinic).expectError(/status of/)
  const page = await (await browserOf(fresh)).newPage()
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expectAllSent(page)
  const files = await picturesOf(page, fresh.origin, ['/', '/programs', '/review', '/sync', '/visits', '/dashboard', '/audit'], 'empty')
  await page.context().addCookies([{ name: 'hims_language', value: 'en', url: fresh.origin }])
  await page.goto('/')
  await page.getByRole('searchbox').fill('nobody of this name')
  await page.getByText(t('home.nothing', { typed: 'nobody of this name' })).waitFor()
  files.push(...(await pictureOfAll(page, 'empty-search')))

  // The first pages of the records are held back.
  const doctor = await (await browserOf(clinic)).newPage()
  await doctor.route('**/sync/snapshot**', () => new Promise(() => undefined))
  await signIn(doctor, demoPerson(clinic, 'doctor', 1))
  await doctor
    .getByRole('progressbar')
    .or(doctor.getByText(t('sync.first.waiting')))
    .first()
    .waitFor()
  files.push(...(await pictureOfAll(doctor, 'coming-home')))

  await fresh.stop()
  await page.goto('/people')
  await page.getByRole('heading', { level: 1 }).waitFor()
  files.push(...(await pictureOfAll(page, 'failing-people')))
  writeFileSync(`${FOLDER}/states.html`, indexOf(files))
})

/** The page as it is, in the three widths. */
async function pictureOfAll(page: Page, name: string): Promise<string[]> {
  mkdirSync(`${FOLDER}/states`, { recursive: true })
  const files: string[] = []
  for (const [width, height] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: Number(width), height })
    files.push(`states/${name}-${width}.png`)
    await page.screenshot({ path: `${FOLDER}/states/${name}-${width}.png`, fullPage: true })
  }
  return files
}

/** What a browser shows to who installs the app. */
async function picturesOfManifest(page: Page, origin: string): Promise<void> {
  await page.context().addCookies([{ name: 'hims_language', value: 'en', url: origin }])
  await page.goto('/')
  await page.waitForFunction(() => document.querySelector('main :is(h1, h2)') && !document.querySelector('[aria-busy="true"]'))
  for (const [name, width, height] of [
    ['narrow', 360, 740],
    ['wide', 1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `public/pictures/${name}.png` })
  }
}

async function picturesOf(page: Page, origin: string, addresses: readonly string[], who: string): Promise<string[]> {
  const taken: string[] = []
  for (const look of LOOKS) {
    await page.evaluate((settings) => localStorage.setItem('hims.settings', JSON.stringify(settings)), look.settings).catch(() => undefined)
    await page.context().addCookies([{ name: 'hims_language', value: look.language, url: origin }])
    for (const address of addresses) {
      await page.goto(address)
      await page.waitForFunction(() => document.querySelector('main :is(h1, h2)') && !document.querySelector('[aria-busy="true"]'))
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height })
        const name = `${who}${address.replace(/[^a-z]+/gi, '-').replace(/-$/, '') || '-home'}`.slice(0, 40)
        const file = `${look.name}/${name}-${width}.png`
        mkdirSync(`${FOLDER}/${look.name}`, { recursive: true })
        await page.screenshot({ path: `${FOLDER}/${file}`, fullPage: true })
        taken.push(file)
      }
    }
  }
  return taken
}

function indexOf(files: readonly string[]): string {
  const pictures = files.map((file) => `<figure><figcaption>${file}</figcaption><img loading="lazy" src="${file}" alt="${file}"></figure>`)
  return `<!doctype html><meta charset="utf-8"><title>Screens</title><style>img{max-width:100%;border:1px solid #999}</style>${pictures.join('')}`
}
