import { expect, it } from 'vitest'
import { HashLine } from './hashLine.ts'
import { passwordWeakness } from './passwordRules.ts'
import { createPasswords } from './passwords.ts'

it('a password matches its own hash only, and nobody matches an unknown account', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('seven green mangoes fell')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches(hash, 'seven green mangoes fell')).toBe(true)
  expect(await passwords.matches(hash, 'seven green mangoes fall')).toBe(false)
  expect(await passwords.matches(null, 'seven green mangoes fell')).toBe(false)
})

it('two passwords are hashed at a time, twenty wait, and the next hears that the server is busy', async () => {
  const line = new HashLine()
  const finish: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => finish.push(resolve))
  const accepted = Array.from({ length: 22 }, () => line.run(work))
  expect(finish).toHaveLength(2)
  await expect(line.run(work)).rejects.toMatchObject({ problem: { code: 'busy' } })
  for (let done = 0; done < 22; done += 1) {
    finish[done]?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(accepted)
  const after = line.run(work)
  finish.at(-1)?.()
  await after
})

it.each([
  ['fourteen chars', 'short'],
  ['x'.repeat(129), 'long'],
  ['PasswordPassword', 'common'],
  ['1234567890123456', 'common'],
  ['abcabcabcabcabcab', 'common'],
  ['qwertyuiopasdfgh', 'common'],
  ['correct horse battery staple', 'common'],
  ['amina has long hair', 'personal'],
  ['our HIMS is very good', 'personal'],
  ['seven green mangoes fell', null],
  ['mbuzi wanane walicheka', null],
])('the password "%s" is judged %s', (password, weakness) => {
  expect(passwordWeakness(password, 'amina@example.org')).toBe(weakness)
})

it.each([
  ['7 chars', 'short'],
  ['Password123', 'common'],
  ['hospital 123', 'common'],
  ['abcdefgh', 'common'],
  ['amina 12x', null],
  ['goat & 9', null],
])('beside a second factor the password "%s" is judged %s', (password, weakness) => {
  expect(passwordWeakness(password, 'amina.h@example.org', true)).toBe(weakness)
  if (weakness === null) expect(passwordWeakness(password, 'amina.h@example.org')).toBe('short')
})
