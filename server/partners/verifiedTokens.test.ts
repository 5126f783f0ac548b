import { expect, test } from 'vitest'
import { createVerifiedTokens } from './verifiedTokens.ts'

const token = (expiresAt = 100) => ({ applicationId: 'a', scopes: [], kid: 'key', jti: 'j', issuedAt: 0, expiresAt })

test('the least recently used is forgotten first', () => {
  const tokens = createVerifiedTokens(2)
  tokens.keep('one', token())
  tokens.keep('two', token())
  tokens.get('one', 0)
  tokens.keep('three', token())
  expect(['one', 'two', 'three'].map((name) => tokens.get(name, 0) !== null)).toEqual([true, false, true])
})

test('a token is known until the millisecond it expires', () => {
  const tokens = createVerifiedTokens()
  tokens.keep('one', token(100))
  expect(tokens.get('one', 99)).not.toBeNull()
  expect(tokens.get('one', 100)).toBeNull()
})
