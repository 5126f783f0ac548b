import { expect } from 'vitest'
import type { Answered } from './ask.ts'

/** What every answer has, whoever gives it. Node's own refusals of what is no HTTP have no headers and no body. */
export function expectOurHeaders({ headers, status }: Answered, told: string): void {
  const policy = String(headers['content-security-policy'] ?? '')
  expect(policy, told).toContain("default-src 'none'")
  expect(policy, told).toContain("frame-ancestors 'none'")
  expect(policy, told).toContain("base-uri 'none'")
  expect(policy, told).not.toMatch(/unsafe-|\*|http:|data:.*script/)
  expect(headers['x-content-type-options'], told).toBe('nosniff')
  expect(headers['referrer-policy'], told).toBe('no-referrer')
  expect(headers['cross-origin-opener-policy'], told).toBe('same-origin')
  expect(headers['cross-origin-resource-policy'], told).toBe('same-origin')
  expect(headers['x-frame-options'], told).toBe('DENY')
  for (const telling of ['server', 'x-powered-by']) expect(headers[telling], told).toBeUndefined()
  // 304 keeps the headers of what is kept.
  if (status !== 304) expect(headers['cache-control'], told).toBeDefined()
}
