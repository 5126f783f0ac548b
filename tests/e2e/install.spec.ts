import { demoPerson, signIn } from './steps/accounts.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

interface Icon {
  src: string
  sizes: string
  type: string
  purpose?: string
}

test('check 26: the manifest is whole: names, pictures, shortcuts, a start inside the app, icons that exist in the sizes that are asked for', async ({
  clinic,
}) => {
  const manifest = await (await fetch(`${clinic.origin}/manifest.webmanifest`)).json()
  expect(manifest).toMatchObject({
    name: expect.any(String),
    short_name: expect.any(String),
    display: 'standalone',
    start_url: expect.stringMatching(/^\//),
  })
  const icons = manifest.icons as Icon[]
  for (const { src, type } of [...icons, ...(manifest.screenshots ?? [])] as Icon[]) {
    const answer = await fetch(new URL(src, clinic.origin))
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]], src).toEqual([200, type])
  }
  expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
  expect(icons.some(({ purpose }) => purpose?.includes('maskable'))).toBe(true)
  const screenshots = manifest.screenshots as (Icon & { form_factor: string; label: string })[]
  expect(screenshots.map(({ form_factor }) => form_factor)).toEqual(['narrow', 'wide'])
  for (const { src, sizes, label } of screenshots) {
    const picture = Buffer.from(await (await fetch(new URL(src, clinic.origin))).arrayBuffer())
    // Width and height of a PNG (its IHDR).
    expect([`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`, label.length > 10], src).toEqual([sizes, true])
  }
  const shortcuts = manifest.shortcuts as { url: string }[]
  expect(shortcuts.length).toBeGreaterThan(1)
  for (const { url } of shortcuts) expect((await fetch(new URL(url, clinic.origin), { redirect: 'manual' })).status, url).toBeLessThan(400)
})

test('the browser finds nothing that keeps the app from being installed', async ({ fresh, tablet }) => {
  const context = await tablet.open()
  const page = await context.newPage()
  await page.goto('/sign-in')
  await readyOffline(page)
  const devtools = await context.newCDPSession(page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors).toEqual([])
  expect(fresh.running).toBe(true)
})

test('the service worker keeps the app alone: no answer with data, no page of the server', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'doctor'))
  await readyOffline(page)
  await page.goto('/people')
  await page.goto('/dashboard')
  await expect(page.getByText(t('dashboard.live'), { exact: true })).toBeVisible()
  const kept = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(kept.length).toBeGreaterThan(10)
  expect(kept.filter((path) => !/^\/(boot$|assets\/|icons\/|favicon\.ico$|look\.js$|manifest\.webmanifest$)/.test(path))).toEqual([])
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/'))?.scope)).toBe(`${clinic.origin}/`)
})

test('when the browser offers it, a doctor is asked once, on the first page; who says no finds it in the settings', async ({
  clinic,
  browserOf,
}) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'doctor'))
  const title = page.getByText(t('preferences.install.title'))
  const asked = () => page.evaluate(() => Reflect.get(globalThis, 'asked') as number | undefined)
  const offer = () =>
    page.evaluate(() => {
      const event = new Event('beforeinstallprompt', { cancelable: true })
      const prompt = async () => Reflect.set(globalThis, 'asked', Number(Reflect.get(globalThis, 'asked') ?? 0) + 1)
      window.dispatchEvent(Object.assign(event, { prompt }))
      return event.defaultPrevented
    })
  await expect(title).toBeHidden()
  expect(await offer()).toBe(true)
  await expect(title).toBeVisible()
  await page.getByRole('button', { name: t('preferences.install.notNow') }).click()
  await expect(title).toBeHidden()
  expect(await asked()).toBeUndefined()

  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('link', { name: t('preferences.title') }).click()
  await page.getByRole('button', { name: t('preferences.install.submit') }).click()
  expect(await asked()).toBe(1)
  await expect(title).toBeHidden()
})
