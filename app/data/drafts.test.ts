import { beforeEach, expect, test, vi } from 'vitest'
import { Cipher } from './cipher.ts'
import { dropDraftsOf, dropDraftText, keepDraftText, openDrafts, readDraftText, writtenDrafts } from './drafts.ts'
import { testKey } from './tablet.fixture.ts'

const KEY = 'hims.draft.amina.C-1'
let disk: Record<string, string>
let cipher: Cipher

beforeEach(async () => {
  disk = {}
  vi.stubGlobal(
    'localStorage',
    // Object.keys of a real one answers its keys.
    new Proxy(disk, {
      get: (items, name) => {
        if (name === 'getItem') return (key: string) => items[key] ?? null
        if (name === 'setItem') return (key: string, value: string) => Reflect.set(items, key, value)
        if (name === 'removeItem') return (key: string) => Reflect.deleteProperty(items, key)
        return items[String(name)]
      },
    }),
  )
  cipher = await Cipher.of(await testKey())
  await openDrafts('amina', cipher)
})

test('what is typed can be read at once, and lies on the disk encrypted', async () => {
  keepDraftText(KEY, 'Neema')
  keepDraftText(KEY, 'Neema Juma')
  expect(readDraftText(KEY)).toBe('Neema Juma')
  await writtenDrafts()
  expect(disk[KEY]).toMatch(/^~1/)
  expect(disk[KEY]).not.toContain('Neema')
})

test('it is there again when the tablet is opened with the same key, and not with another', async () => {
  keepDraftText(KEY, 'Neema')
  await writtenDrafts()
  await openDrafts('amina', await Cipher.of(await testKey()))
  expect(readDraftText(KEY)).toBeNull()
  await openDrafts('amina', cipher)
  expect(readDraftText(KEY)).toBe('Neema')
})

test('another account opens nothing of it', async () => {
  keepDraftText(KEY, 'Neema')
  await writtenDrafts()
  await openDrafts('joseph', cipher)
  expect(readDraftText(KEY)).toBeNull()
})

test('a draft that is saved while it is being written does not come back', async () => {
  keepDraftText(KEY, 'Neema')
  dropDraftText(KEY)
  await writtenDrafts()
  expect(disk).toEqual({})
})

test('of a record that leaves the tablet the draft goes too', async () => {
  keepDraftText(KEY, 'Neema')
  keepDraftText('hims.draft.amina.new', 'Juma')
  await writtenDrafts()
  dropDraftsOf('amina', 'C-1')
  expect(Object.keys(disk)).toEqual(['hims.draft.amina.new'])
  expect(readDraftText(KEY)).toBeNull()
})
