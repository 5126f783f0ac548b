/**
 * Every way a request can fail on purpose. Screens turn a code into words (app/language),
 * server/http turns it into a status. Anything else is a defect and throws.
 */
export const PROBLEM_CODES = [
  'invalid', // the input does not have the right form
  'not-signed-in',
  'not-permitted',
  'not-found',
  'already-used', // a link or a name that was taken before
  'expired',
  'wrong-credentials',
  'busy', // try again later
  'too-many', // tries; `retryAfterS` says when the next one is taken
  'wrong-code',
  'stopped', // after so many tries only a new password helps
  'unavailable', // the database cannot answer
  'too-large',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

export interface Problem {
  code: ProblemCode
  /** In English, for logs and for developers; never names a person. */
  detail?: string
  /** Seconds. */
  retryAfterS?: number
}

/** Ends an operation with an expected failure; caught at the door it came in by. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.code)
    this.name = 'Refusal'
  }
}

export function refuse(code: ProblemCode, detail?: string): never {
  throw new Refusal(detail === undefined ? { code } : { code, detail })
}
