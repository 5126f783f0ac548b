import { expect, test } from 'vitest'
import { forgetsAfterAWeek, isWebKit, shouldAskToKeep, spaceOf } from './storage.ts'

const GB = 1024 ** 3
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15'
const CHROME_ON_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/123.0 Mobile/15E148 Safari/604.1'
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0'

test('space is short from 80 % on, and nearly full from 95 % on', () => {
  const at = (share: number) => spaceOf({ usedBytes: share * GB, quotaBytes: GB })
  expect([0, 0.79, 0.8, 0.94, 0.95, 1.2].map(at)).toEqual(['enough', 'enough', 'short', 'short', 'nearly-full', 'nearly-full'])
})

test('a browser that does not tell its quota warns of nothing', () => {
  expect(spaceOf({ usedBytes: GB, quotaBytes: null })).toBe('enough')
  expect(spaceOf({ usedBytes: GB, quotaBytes: 0 })).toBe('enough')
})

test('WebKit is told from the browsers that carry its name', () => {
  expect([SAFARI, CHROME_ON_IPHONE, CHROME, FIREFOX].map(isWebKit)).toEqual([true, true, false, false])
})

test('WebKit forgets after a week, unless it is installed or has promised to keep', () => {
  const safari = { userAgent: SAFARI, isInstalled: false, isKept: false }
  expect(forgetsAfterAWeek(safari)).toBe(true)
  expect(forgetsAfterAWeek({ ...safari, isInstalled: true })).toBe(false)
  expect(forgetsAfterAWeek({ ...safari, isKept: true })).toBe(false)
  expect(forgetsAfterAWeek({ ...safari, userAgent: CHROME })).toBe(false)
})

test('the browser is asked after the first save, once, and never at the start', () => {
  expect(shouldAskToKeep(null, { hasSaved: false, isInstalled: false })).toBe(false)
  expect(shouldAskToKeep(null, { hasSaved: true, isInstalled: false })).toBe(true)
  expect(shouldAskToKeep({ isKept: false, isInstalled: false }, { hasSaved: true, isInstalled: false })).toBe(false)
  expect(shouldAskToKeep({ isKept: true, isInstalled: false }, { hasSaved: true, isInstalled: true })).toBe(false)
})

test('a browser that refused is asked once more when the app has been installed', () => {
  const refused = { isKept: false, isInstalled: false }
  expect(shouldAskToKeep(refused, { hasSaved: true, isInstalled: true })).toBe(true)
  expect(shouldAskToKeep({ ...refused, isInstalled: true }, { hasSaved: true, isInstalled: true })).toBe(false)
})
