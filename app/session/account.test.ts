import { beforeEach, expect, test, vi } from 'vitest'
import { noteSignIn, refreshAccount, type Session, storedAccount, workAs } from './account.ts'

const AMINA = { id: 'a', name: 'Amina', email: 'amina@example.org', roles: ['doctor'], facilities: ['north'] }
const JOSEPH = { ...AMINA, id: 'j', name: 'Joseph', email: 'joseph@example.org' }
const session = (account: typeof AMINA) => ({ deploymentId: 'd', timeZone: 'UTC', account })

beforeEach(() => {
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('sessionStorage', storage())
  localStorage.setItem('hims.session', JSON.stringify(session(AMINA)))
})

test('the account of this device starts the app without a server', () => {
  expect(storedAccount()?.account.name).toBe('Amina')
})

test('while somebody else signs in, nothing of the account before is shown', async () => {
  noteSignIn(' Joseph@example.org ')
  expect(storedAccount()).toBeNull()
  vi.stubGlobal('fetch', async () => Response.json(session(JOSEPH)))
  await refreshAccount()
  expect(storedAccount()?.account.name).toBe('Joseph')
})

test('the same person goes on at once, also when the network fails meanwhile', () => {
  noteSignIn('Amina@example.org')
  expect(storedAccount()?.account.name).toBe('Amina')
})

test('whoever unlocked the tablet stays, although the server’s session is another’s', async () => {
  vi.stubGlobal('fetch', async () => Response.json(session(JOSEPH)))
  await refreshAccount(AMINA.id)
  expect(storedAccount()?.account.name).toBe('Amina')
  workAs(session(JOSEPH) as Session)
  expect(storedAccount()?.account.name).toBe('Joseph')
})

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}
