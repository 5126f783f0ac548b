import { expect, it } from 'vitest'
import { newCode, readCode } from './oneTimeCode.ts'
import { codeAt, newTotpSecret, secretBytes, secretText, stepOf, totpUri } from './totp.ts'

/** RFC 6238, appendix B; the last six of its eight digits. */
const RFC_SECRET = new TextEncoder().encode('12345678901234567890')
it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %i seconds the code of the standard is %s', async (seconds, code) => {
  expect(await codeAt(RFC_SECRET, seconds * 1_000)).toBe(code)
  expect(await stepOf(code, RFC_SECRET, seconds * 1_000)).toBe(Math.floor(seconds / 30))
})

it('a clock may be 30 seconds away, not 60', async () => {
  const secret = newTotpSecret()
  const at = 1_800_000_015_000
  const code = await codeAt(secret, at)
  for (const away of [-30_000, 30_000]) expect(await stepOf(code, secret, at + away)).toBe(at / 30_000 - 0.5)
  for (const away of [-60_000, 60_000]) expect(await stepOf(code, secret, at + away)).toBeNull()
})

it('a secret comes back from its text, and the address of the QR code names it', () => {
  const secret = newTotpSecret()
  expect(secretBytes(secretText(secret))).toEqual(secret)
  expect(totpUri(secret, 'amina@example.org')).toBe(`otpauth://totp/HIMS:amina%40example.org?secret=${secretText(secret)}&issuer=HIMS`)
})

it('a code is read however it was typed', () => {
  const code = newCode(3, (below) => (below === 32 ? 17 : 0))
  expect(code).toBe('HHHH-HHHH-HHHH')
  expect(readCode(' hhhh hhhh-HHHH ')).toBe(code)
  expect(readCode('oil0-abcd')).toBe('0110-ABCD')
  expect(newCode(4)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
})
