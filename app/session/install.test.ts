import { expect, test } from 'vitest'
import { installingOf } from './install.ts'

const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'

test('who has it is not asked, who is offered it is, and where the browser never offers it a person does it by hand', () => {
  expect(installingOf({ isInstalled: true, isOffered: true, userAgent: CHROME })).toBe('installed')
  expect(installingOf({ isInstalled: false, isOffered: true, userAgent: CHROME })).toBe('offered')
  expect(installingOf({ isInstalled: false, isOffered: false, userAgent: CHROME })).toBe('not-here')
  expect(installingOf({ isInstalled: false, isOffered: false, userAgent: IPAD })).toBe('by-hand')
})
