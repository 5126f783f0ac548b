import { PASSWORD_LENGTH } from '#domain/accounts/account.ts'
import { COMMON_PASSWORDS } from './commonPasswords.ts'
import { SHORT_COMMON_PASSWORDS } from './shortCommonPasswords.ts'

export type PasswordWeakness = 'short' | 'long' | 'common' | 'personal'

const PRODUCT = 'hims'
/** A shorter part of an address, such as "jo", stands in too many good sentences by chance. */
const SHORTEST_PERSONAL_PART = 4
const ROWS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '01234567890123456789'].flatMap((row) => [
  row,
  [...row].reverse().join(''),
])

/** Why a password must not be used, or null. No rule about kinds of characters: length is what counts (NIST 800-63B). */
export function passwordWeakness(password: string, email: string, secondFactor = false): PasswordWeakness | null {
  if (password.length < (secondFactor ? PASSWORD_LENGTH.minWithSecondFactor : PASSWORD_LENGTH.min)) return 'short'
  if (password.length > PASSWORD_LENGTH.max) return 'long'
  const plain = password.toLowerCase().replace(/\s/g, '')
  if (isCommon(plain)) return 'common'
  return isPersonal(plain, email) ? 'personal' : null
}

function isCommon(plain: string): boolean {
  const repeated = /^(.{1,6})\1+(.{0,5})$/.exec(plain)
  const repetition = repeated !== null && repeated[1]?.startsWith(repeated[2] ?? '') === true
  return repetition || COMMON_PASSWORDS.has(plain) || SHORT_COMMON_PASSWORDS.has(plain) || ROWS.some((row) => row.includes(plain))
}

function isPersonal(plain: string, email: string): boolean {
  const [local = ''] = email.toLowerCase().split('@')
  return plain.includes(PRODUCT) || (local.length >= SHORTEST_PERSONAL_PART && plain.includes(local))
}
