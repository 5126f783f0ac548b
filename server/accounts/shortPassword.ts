import { PASSWORD_LENGTH } from '#domain/accounts/account.ts'

/** Shorter than is allowed without a second factor. It is written down, because a hash does not tell. */
export function isShort(password: string): boolean {
  return password.length < PASSWORD_LENGTH.min
}
