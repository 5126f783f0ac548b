/**
 * The password that was just typed on this page, until the server has taken it and the tablet is opened with it. In memory
 * only, and not for long: a page that is loaded meanwhile asks for it again.
 */
let typed: { email: string; password: string; at: number } | null = null

const FOR_MS = 5 * 60_000

export function noteTyped(email: string, password: string): void {
  typed = { email: email.trim().toLowerCase(), password, at: Date.now() }
}

/** Once: it is gone afterwards. */
export function takeTyped(email: string): string | null {
  const taken = typed
  typed = null
  return taken?.email === email.toLowerCase() && Date.now() - taken.at < FOR_MS ? taken.password : null
}
