import { afterEach, beforeEach, expect, vi } from 'vitest'

/** An error nobody expected must not scroll by: a test that prints one fails. */
let errors: unknown[][] = []

beforeEach(() => {
  errors = []
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    errors.push(words)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  expect(errors, 'console.error was called').toEqual([])
})
