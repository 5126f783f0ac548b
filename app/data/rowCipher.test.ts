import { expect, test } from 'vitest'
import { Cipher, OtherKey } from './cipher.ts'
import { columnsOf } from './columns.ts'
import { RowCipher } from './rowCipher.ts'
import { testKey } from './tablet.fixture.ts'

const CLIENTS = columnsOf('clients')

async function cipherOf(key: CryptoKey): Promise<RowCipher> {
  if (CLIENTS === null) throw new Error('clients are not encrypted')
  return new RowCipher(await Cipher.of(key), 'clients', 0, CLIENTS)
}

const neema = { id: 'a', seq: 7, _deleted: '0', givenName: 'Neema "Nee"', phone: null, bornOnEstimated: false }
const empty = { id: 'b', seq: 8, _deleted: '1' }

test('rows as one text say what rows one by one say', async () => {
  const key = await testKey()
  const sealed = await (await cipherOf(key)).seal([neema, empty])
  const reader = await cipherOf(key)
  expect(JSON.parse(await reader.openAsText(sealed))).toEqual([neema, empty])
  expect(await reader.open(sealed)).toEqual([neema, empty])
  expect(await reader.openAsText([])).toBe('[]')
})

test('a row that was altered or exchanged is not in the text', async () => {
  const key = await testKey()
  const [first, second] = await (await cipherOf(key)).seal([neema, empty])
  const exchanged = { ...first, id: 'a', sealed: second?.sealed }
  const reader = await cipherOf(key)
  expect(JSON.parse(await reader.openAsText([exchanged, second as typeof empty]))).toEqual([empty])
})

test('another key, and a row from before there was one, are said: nothing is left out in silence', async () => {
  const [sealed] = await (await cipherOf(await testKey())).seal([neema])
  const other = await cipherOf(await testKey())
  await expect(other.openAsText([sealed as typeof neema])).rejects.toThrow(OtherKey)
  await expect(other.openAsText([neema])).rejects.toThrow(OtherKey)
})
