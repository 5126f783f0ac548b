import { expect, it } from 'vitest'
import type { Role } from '#domain/access/access.ts'
import { arrival } from './arrival.ts'

it.each<[Role[], string | null, string]>([
  [['doctor'], null, '/'],
  [['admin', 'doctor'], '/clients/new', '/clients/new'],
  [['viewer'], null, '/dashboard'],
  [['viewer'], '/clients/new', '/dashboard'],
  [['admin'], null, '/people'],
  [['admin'], '/audit?outcome=failure', '/audit?outcome=failure'],
  [['doctor'], '//evil.example', '/'],
  [['doctor'], '/\\evil.example', '/'],
  [['doctor'], 'https://evil.example', '/'],
])('%j who asked for %s comes to %s', (roles, next, page) => {
  expect(arrival({ roles }, next)).toBe(page)
})
