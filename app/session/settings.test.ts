import { expect, test } from 'vitest'
import { settingsOf } from './settings.ts'

test('what another version wrote is read as far as it is known here', () => {
  const usual = { theme: null, size: 'usual', lowData: false, lockAfterMinutes: 5, shortcuts: true, noInstall: false }
  expect(settingsOf(null)).toEqual(usual)
  expect(settingsOf({ theme: 'sepia', size: 7, lockAfterMinutes: 600, lowData: 'yes' })).toEqual(usual)
  expect(settingsOf({ theme: 'dark', size: 'largest', lowData: true, lockAfterMinutes: 1, shortcuts: false, noInstall: false })).toEqual({
    theme: 'dark',
    size: 'largest',
    lowData: true,
    lockAfterMinutes: 1,
    shortcuts: false,
    noInstall: false,
  })
})
