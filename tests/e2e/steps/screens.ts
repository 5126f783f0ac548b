import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** CSS pixels: the narrowest screen that WCAG 1.4.10 names. */
const NARROW = 320

/**
 * No violation that axe can find, in the light and the dark theme, and no sideways scroll down to 320 pixels.
 * `narrows: false` for what hangs on a button and stays where it was opened.
 */
export async function expectGoodScreen(page: Page, name: string, options: { narrows?: boolean } = {}): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('main') !== null && document.querySelector('[aria-busy="true"]') === null)
  expect.soft(await violations(page), `${name}: axe`).toEqual([])
  const usual = page.viewportSize() ?? { width: NARROW, height: 800 }
  // Colours do not depend on the width: judged once.
  if (usual.width > 1000) {
    await page.emulateMedia({ colorScheme: 'dark' })
    expect.soft(await violations(page, ['color-contrast']), `${name}: axe in the dark theme`).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await expectToFit(page, name)
  if (options.narrows === false) return
  await narrow(page)
  await expectToFit(page, name)
  await page.setViewportSize(usual)
}

export async function narrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: NARROW, height: page.viewportSize()?.height ?? 800 })
}

export async function expectToFit(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? NARROW
  // Not innerWidth: a phone zooms out until all of a page that is too wide fits.
  expect
    .soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name}: width of the page at ${width}`)
    .toBeLessThanOrEqual(width)
}

export async function expectNoViolations(page: Page, name: string): Promise<void> {
  expect.soft(await violations(page), `${name}: axe`).toEqual([])
}

/** CSS pixels that a gloved finger hits. */
const FINGER = 48

/** Check 19: whatever can be pressed in the field's pages is large; a link in the middle of a sentence is text. */
export async function expectLargeTargets(page: Page, name: string): Promise<void> {
  const small = await page.locator('main :is(a, button, input, select, textarea, summary)').evaluateAll(
    (elements, least) =>
      elements.flatMap((element) => {
        const target = element.closest('label') ?? element
        const { width, height } = target.getBoundingClientRect()
        const isText = element.tagName === 'A' && getComputedStyle(element).display === 'inline'
        const isShown = width > 1 && height > 1 && element.checkVisibility()
        return isShown && !isText && height < least - 0.5 ? [`${element.outerHTML.slice(0, 120)} ${width}x${height}`] : []
      }),
    FINGER,
  )
  expect.soft(small, `${name}: targets under ${FINGER} px`).toEqual([])
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await stillness(page)
  const axe = new AxeBuilder({ page })
  const found = await (rules === undefined ? axe.withTags(TAGS) : axe.withRules(rules)).analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** Colours half-way between two themes, or of a dialog that comes in, are nobody's to judge. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}
