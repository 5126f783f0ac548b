import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** CSS pixels: the narrowest screen that WCAG 1.4.10 names. */
const NARROW = 320

/** No violation that axe can find, in the light and the dark theme, and no sideways scroll down to 320 pixels. */
export async function expectGoodScreen(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('main') !== null && document.querySelector('[aria-busy="true"]') === null)
  expect.soft(await violations(page), `${name}: axe`).toEqual([])
  const usual = page.viewportSize()
  // Colours do not depend on the width: judged once.
  if ((usual?.width ?? 0) > 1000) {
    await page.emulateMedia({ colorScheme: 'dark' })
    expect.soft(await violations(page, ['color-contrast']), `${name}: axe in the dark theme`).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
  }
  for (const width of [usual?.width ?? NARROW, NARROW]) {
    await page.setViewportSize({ width, height: usual?.height ?? 800 })
    // Not innerWidth: a phone zooms out until all of a page that is too wide fits.
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name}: width of the page at ${width}`).toBeLessThanOrEqual(width)
  }
  if (usual !== null) await page.setViewportSize(usual)
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const found = await (rules === undefined ? axe.withTags(TAGS) : axe.withRules(rules)).analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`))
}
