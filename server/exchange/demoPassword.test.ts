import { expect, test } from 'vitest'
import { passwordWeakness } from '#server/accounts/passwordRules.ts'
import { demoPassword } from './demoAccounts.ts'

test('a password of the demo that the rules would refuse is drawn again', () => {
  const drawn = ['vuhImsfZ0UK7N4Ti', 'AaStLUqV-l46qk_F']
  const random = () => Buffer.from(drawn.shift() ?? '', 'base64url')
  expect(demoPassword('fatma@demo.example.org', passwordWeakness, random)).toBe('AaStLUqV-l46qk_F')
})
