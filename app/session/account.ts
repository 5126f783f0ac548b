import { type SessionAnswer, type SignedInAccount, sessionAnswer } from '#domain/accounts/account.ts'
import { forgetFigures } from './lastFigures.ts'

/** Who works on this device. Kept so that the app starts offline; it holds no secret (the session is a cookie). */

export type Session = SessionAnswer & { account: SignedInAccount }
export type AccountState = { kind: 'signed-in'; session: Session } | { kind: 'signed-out' } | { kind: 'offline' }

const KEY = 'hims.session'
/** In this tab only, and only until the server has said who signed in. */
const SIGNING_IN_KEY = 'hims.signing-in'
/** Longer, and a start on a network that is there in name only would feel broken. */
const ANSWER_WITHIN_MS = 2_500

export function storedAccount(): Session | null {
  try {
    const parsed = sessionAnswer.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
    return parsed.success && isSignedIn(parsed.data) && !isSomebodyElse(parsed.data.account) ? parsed.data : null
  } catch {
    return null
  }
}

/** A sign-in is under way: if it is another person's, nothing of the account before may be shown, not even for a moment. */
export function noteSignIn(email: string): void {
  sessionStorage.setItem(SIGNING_IN_KEY, email.trim().toLowerCase())
}

function isSomebodyElse({ email }: SignedInAccount): boolean {
  const signingIn = sessionStorage.getItem(SIGNING_IN_KEY)
  return signingIn !== null && signingIn !== email.toLowerCase()
}

/** After a sign-out that somebody asked for. A session that ran out keeps its account: the work goes on offline. */
export function forgetAccount(): void {
  localStorage.removeItem(KEY)
  forgetFigures()
}

/** The account has left this device; whoever works here else goes on. */
export function forgetWork(accountId: string): void {
  if (storedAccount()?.account.id === accountId) forgetAccount()
  forgetFigures(accountId)
}

/** @param only the account that works here: another one's session on the server does not take its place */
export async function refreshAccount(only?: string): Promise<AccountState> {
  const answer = await askServer()
  if (answer === null) return { kind: 'offline' }
  if (!isSignedIn(answer)) return { kind: 'signed-out' }
  if (only === undefined || only === answer.account.id) workAs(answer)
  return { kind: 'signed-in', session: answer }
}

/** From here on this device is this account's, also offline: after a sign-in, or when somebody else unlocks it. */
export function workAs(session: Session): void {
  localStorage.setItem(KEY, JSON.stringify(session))
  sessionStorage.removeItem(SIGNING_IN_KEY)
}

async function askServer(): Promise<SessionAnswer | null> {
  try {
    const response = await fetch('/api/session', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    const parsed = sessionAnswer.safeParse(await response.json())
    return response.ok && parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function isSignedIn(answer: SessionAnswer): answer is Session {
  return answer.account !== null
}

/** Ends the session on the server, then on this device. False when the server cannot be reached: nothing has changed. */
export async function signOut(): Promise<boolean> {
  try {
    // An empty form: the server takes nothing else.
    const response = await fetch('/sign-out', { method: 'POST', body: new URLSearchParams(), redirect: 'manual' })
    if (response.type !== 'opaqueredirect' && !response.ok) return false
  } catch {
    return false
  }
  forgetAccount()
  return true
}
