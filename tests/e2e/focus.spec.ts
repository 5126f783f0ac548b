import type { Page } from '@playwright/test'
import { demoPerson, signIn } from './steps/accounts.ts'
import { clientOf, fieldPages } from './steps/fieldPages.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'

/** A page that never comes round has a trap, and fails. */
const MOST_STOPS = 200

test('check 21: what has the focus is seen, on every page, along all of it and back', async ({ clinic, browserOf }) => {
  test.setTimeout(300_000)
  const page = await (await browserOf(clinic)).newPage()
  const doctor = demoPerson(clinic, 'doctor')
  await signIn(page, doctor)
  await expectAllSent(page)
  for (const address of fieldPages(clientOf(clinic, doctor.email))) {
    // Bars above and below take most of a phone; on a desktop the two longest pages are enough.
    const widths = address === '/' || address.endsWith('/edit') ? [360, 1280] : [360]
    for (const width of widths) {
      await page.setViewportSize({ width, height: 640 })
      await page.goto(address)
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      const there = await stops(page, 'Tab')
      const back = await stops(page, 'Shift+Tab')
      expect(Math.min(there.count, back.count), `${address}: stops`).toBeGreaterThan(5)
      expect.soft([...there.covered, ...back.covered], `${address} at ${width}`).toEqual([])
    }
  }
})

/** Presses the key until the focus leaves the page. */
async function stops(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ count: number; covered: string[] }> {
  const covered: string[] = []
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press(key)
    const found = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === null || focused === document.body) return null
      // A browser may still be scrolling to it.
      return new Promise<string>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const target = focused.closest('label') ?? focused
            const { left, top, right, bottom } = target.getBoundingClientRect()
            const points = [
              [(left + right) / 2, (top + bottom) / 2],
              [left + 4, top + 4],
              [right - 4, bottom - 4],
            ] as const
            const isSeen = points.some(([x, y]) => {
              const above = document.elementFromPoint(x, y)
              return above !== null && (target.contains(above) || above.contains(target))
            })
            resolve(isSeen ? '' : focused.outerHTML.slice(0, 120))
          }),
        ),
      )
    })
    if (found === null) return { count, covered }
    if (found !== '') covered.push(found)
  }
  return { count: 0, covered: ['the focus never left the page'] }
}
