import type { Problem } from '#domain/problem.ts'

/**
 * The expected failure of a service, or the error again when it is none. Told by its name and not by its class:
 * pages and server are two bundles, each with a class of its own.
 */
export function refused(error: unknown): Problem {
  if (error instanceof Error && error.name === 'Refusal' && 'problem' in error) return error.problem as Problem
  throw error
}
