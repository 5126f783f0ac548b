import { expect, test } from 'vitest'
import { readableCookies } from './cookies.ts'

test('a cookie that cannot be decoded is left out, and the session beside it is kept', () => {
  expect(readableCookies('a=%ff%fe; hims_abc123=token; b=100%')).toBe(' hims_abc123=token')
  expect(readableCookies('hims_abc123=token; language=sw')).toBe('hims_abc123=token; language=sw')
  expect(readableCookies('%ff')).toBe('')
  expect(readableCookies(undefined)).toBe('')
})
