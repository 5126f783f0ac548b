import { expect, test } from 'vitest'
import { instant, line, paragraph } from './scalars.ts'

test('a moment that no calendar can show is none', () => {
  expect(instant.safeParse(8_640_000_000_000_000).success).toBe(true)
  expect(instant.safeParse(8_640_000_000_000_001).success).toBe(false)
  expect(() => new Date(instant.parse(8_640_000_000_000_000)).toISOString()).not.toThrow()
})

test('half a character is refused, in a line and in a text', () => {
  for (const text of [line(10), paragraph(10)]) {
    expect(text.safeParse('x\u{1F600}y').success).toBe(true)
    expect(text.safeParse('x\uD83Dy').success).toBe(false)
  }
})
