import { expect, test } from 'vitest'
import { mirrorName } from './databases.ts'
import { isDraftOf } from './drafts.ts'
import { isOthersMirror } from './localData.ts'

const amina = 'hims-d1-amina'
const database = (name: string, collection: string) => `rxdb-dexie-${name}--0--${collection}`

test('O13: when a tablet is full, the mirrors of other accounts may go; their changes and everything of one’s own stay', () => {
  expect(isOthersMirror(database(mirrorName('hims-d1-joseph'), 'clients'), amina)).toBe(true)
  expect(isOthersMirror(database('hims-d1-joseph-changes', 'outbox'), amina)).toBe(false)
  expect(isOthersMirror(database(mirrorName(amina), 'clients'), amina)).toBe(false)
  expect(isOthersMirror(database(`${amina}-changes`, 'outbox'), amina)).toBe(false)
  expect(isOthersMirror('another-app', amina)).toBe(false)
})

test('W4 S10: a wipe takes the drafts of its own account, and what leaves takes the drafts of that record', () => {
  const drafts = ['hims.draft.amina.AAA', 'hims.draft.amina.new', 'hims.draft.joseph.AAA', 'hims.draft.amina2.new', 'hims.session']
  expect(drafts.filter((key) => isDraftOf('amina', key))).toEqual(['hims.draft.amina.AAA', 'hims.draft.amina.new'])
})
