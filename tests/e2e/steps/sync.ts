import { expect, type Locator, type Page } from '@playwright/test'
import { t } from '../words.ts'

export function chip(page: Page): Locator {
  return page.getByRole('banner').getByRole('link', { name: new RegExp(`^${t('shell.chip.label')}: `) })
}

/** Everything is sent and the server is there. */
export async function expectAllSent(page: Page): Promise<void> {
  await expect(chip(page)).toContainText(t('shell.chip.nothing'))
}

export async function expectToSend(page: Page, count: number): Promise<void> {
  await expect(chip(page)).toContainText(t('shell.chip.waiting', { count }))
}

/** The worker has stored the app and answers this page's requests: from here on the server may go. */
export async function readyOffline(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready
    const cached = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    const boot = cached.flat().some(({ url }) => new URL(url).pathname === '/boot')
    return navigator.serviceWorker.controller?.state === 'activated' && boot
  })
}
