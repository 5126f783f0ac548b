import { keyring } from './browserKeyring.ts'

/** Both passwords of a change that the server is asked for: in memory only, until it has said yes. */
let typed: { before: string; after: string } | null = null

export function noteNewPassword(before: string, after: string): void {
  typed = { before, after }
}

/** The server has taken the new password: it opens this tablet from now on, where it is one. */
export async function closeUnderNewPassword(accountId: string): Promise<void> {
  const taken = typed
  typed = null
  const raw = taken && (await keyring.rawKey(accountId, taken.before))
  if (!taken || !raw) return
  await keyring.rewrap(accountId, taken.after, raw)
  raw.fill(0)
}
