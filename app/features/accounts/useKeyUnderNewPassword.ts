import { useCallback, useEffect, useRef } from 'react'
import { keyring } from '#app/session/browserKeyring.ts'

/**
 * What lies on this tablet is locked by the account's password, so its key goes under the new one, once the server has
 * taken it. @returns what hears of the form when it is sent
 */
export function useKeyUnderNewPassword(accountId: string, changed: object | null): (form: FormData) => void {
  const typed = useRef<{ before: string; after: string } | null>(null)
  useEffect(() => {
    const given = typed.current
    if (changed === null || given === null) return
    typed.current = null
    // Where it fails the tablet asks for the password of before, as it does after a change elsewhere.
    void keyring.changePassword(accountId, given.before, given.after).catch(() => undefined)
  }, [accountId, changed])
  return useCallback((form) => {
    typed.current = { before: String(form.get('current')), after: String(form.get('password')) }
  }, [])
}
