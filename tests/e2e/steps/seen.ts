import type { Page } from '@playwright/test'

/** Notes whether words stand on the page at any time from now on, however short. @returns the way to ask */
export async function noteWords(page: Page, words: string): Promise<() => Promise<boolean>> {
  await page.evaluate((wanted) => {
    const look = () => {
      if (document.body.textContent?.includes(wanted)) document.documentElement.dataset.seen = 'yes'
    }
    delete document.documentElement.dataset.seen
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    look()
  }, words)
  return () => page.evaluate(() => document.documentElement.dataset.seen === 'yes')
}
