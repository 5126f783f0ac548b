import { expect, it } from 'vitest'
import { type AuditEntry, canonicalAuditText } from './event.ts'

const entry: AuditEntry = { at: 5, action: 'client.viewed', outcome: 'success', actorId: 'a', subject: '7K2M' }

it('an event from before the device time keeps its text, and one with it differs by it', () => {
  const before = '[1,"",5,"client.viewed"'
  const text = canonicalAuditText(1, '', entry)
  expect(text).toBe(`${before},"success","a",null,null,null,null,null,"7K2M",null]`)
  expect(canonicalAuditText(1, '', { ...entry, deviceTime: null as unknown as undefined })).toBe(text)
  expect(canonicalAuditText(1, '', { ...entry, deviceTime: 4 })).toBe(`${text.slice(0, -1)},4]`)
})
