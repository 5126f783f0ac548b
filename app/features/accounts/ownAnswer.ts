import type { ActionFunctionArgs } from '@remix-run/node'
import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { ProblemCode } from '#domain/problem.ts'
import { refusedEntry } from './refusedEntry.ts'

/** What the page "My account" is told after one of its forms was sent. */
export interface OwnAnswer {
  /** Whose form it was. */
  part: 'profile' | 'password' | 'sessions' | 'factor'
  done?: 'renamed' | 'password-changed' | 'session-ended' | 'others-ended' | 'factor-ended'
  mistakes?: Mistakes
  /** Seconds until the next try is taken. */
  wait?: number
  /** The key of a second factor that waits for its first code. */
  begun?: { secret: string; uri: string }
  /** Recovery codes, shown once. */
  codes?: string[]
}

type Accounts = ActionFunctionArgs['context']['services']['accounts']

/** One form that was sent. */
export interface Asked {
  accounts: Accounts
  account: SignedInAccount
  form: FormData
  meta: Parameters<Accounts['rename']>[2]
}

/** Does the work; what a service refuses is told at `field`. */
export async function answered(
  part: OwnAnswer['part'],
  field: string,
  words: Partial<Record<ProblemCode, MistakeWord>>,
  work: () => Promise<Omit<OwnAnswer, 'part'>>,
): Promise<OwnAnswer> {
  try {
    return { part, ...(await work()) }
  } catch (error) {
    return { part, ...refusedEntry(error, field, words).entry }
  }
}
