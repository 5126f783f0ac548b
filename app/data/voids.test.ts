import { expect, test } from 'vitest'
import { CHANGE_BYTES, voidSchema } from '#domain/sync/change.ts'
import { bytesOfVoid, voidOf } from './voids.ts'

const entryOf = (body: string) =>
  ({ n: 3, row: { changeId: '00000000-0000-4000-8000-000000000003', body } }) as Parameters<typeof voidOf>[0]
const sent = (body: string, refusal?: { problem: string; detail?: string }) =>
  voidSchema.parse(voidOf(entryOf(body), 'device-one', refusal))

test('O6: a void says why, in the server’s words or by the place where the row stops being a change, and never a value', () => {
  expect(sent('{"n":', { problem: 'too-large', detail: 'a change of more than 65536 bytes' }).reason).toBe(
    'too-large: a change of more than 65536 bytes',
  )
  expect(sent('{"deviceId":"device-one","n":"Neema"}').reason).toBe('unreadable: not a change, at n')
  expect(sent('').reason).toBe('unreadable: the row is empty')
  expect(sent('x', { problem: 'invalid', detail: 'x'.repeat(500) }).reason).toHaveLength(200)
})

test('O6: a void carries the text of the row, as much of it as one message holds', () => {
  expect(sent('{"n":').text).toBe('{"n":')
  expect(sent('')).not.toHaveProperty('text')
  expect(sent('a'.repeat(CHANGE_BYTES + 9)).text).toHaveLength(CHANGE_BYTES)
  // Each of these is six bytes in JSON: a message that the server cuts off would be sent for ever.
  const damaged = '\u0001'.repeat(CHANGE_BYTES)
  expect(bytesOfVoid(entryOf(damaged))).toBeLessThanOrEqual(2 * CHANGE_BYTES)
  expect(sent(damaged).text?.length).toBeGreaterThan(CHANGE_BYTES / 8)
})
