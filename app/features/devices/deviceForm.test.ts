import { describe, expect, it } from 'vitest'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import { STORED_CHANGES } from '#domain/sync/upgrade.fixture.ts'
import { readRevocation, readUnsentFile, slicesOf } from './deviceForm.ts'

const form = (fields: Record<string, string | Blob>) => {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.set(name, value)
  return made
}
const changes = Object.values(STORED_CHANGES)
  .flat()
  .map((text) => JSON.parse(text))
const content = { kind: 'hims-unsent-changes', version: 1, deviceId: '0b7c1d5e-device-1', account: 'a1', savedAt: 1, changes }
const fileOf = (text: string) => form({ file: new Blob([text]) })

describe('the forms of the devices', () => {
  it('take a revocation only with the id typed', () => {
    expect(readRevocation(form({ id: '0b7c1d5e-device-1', typed: ' 0B7C1D5E ' }))).toBe('0b7c1d5e-device-1')
    expect(readRevocation(form({ id: '0b7c1d5e-device-1', typed: '0b7c1d5' }))).toBeNull()
    expect(readRevocation(form({ typed: '0b7c1d5e' }))).toBeNull()
  })
  it('read a file of unsent changes of every version', async () => {
    expect((await readUnsentFile(fileOf(JSON.stringify(content))))?.changes).toHaveLength(changes.length)
  })
  it('know what is no such file', async () => {
    const bad = [
      '',
      'not json',
      '{}',
      '[]',
      'null',
      JSON.stringify({ ...content, kind: 'else' }),
      JSON.stringify({ ...content, changes: [{}] }),
    ]
    for (const text of bad) expect(await readUnsentFile(fileOf(text))).toBeNull()
    expect(await readUnsentFile(form({ file: 'a text' }))).toBeNull()
  })
  it('bring a long file in by slices that keep their order', () => {
    const long = { ...content, changes: Array.from({ length: 450 }, (_, n) => ({ n })) } as unknown as UnsentFile
    const slices = slicesOf(long)
    expect(slices.map((slice) => slice.changes.length)).toEqual([200, 200, 50])
    expect(slices.flatMap((slice) => slice.changes.map(({ n }) => n))).toEqual(long.changes.map(({ n }) => n))
  })
})
