import { useEffect, useState } from 'react'
import type { Session } from '#app/session/account.ts'
import { keyring } from '#app/session/browserKeyring.ts'

/** Those who have a key on this tablet, whoever works on it first. */
export function usePeopleHere(session: Session): readonly Session[] {
  const [people, setPeople] = useState<readonly Session[]>([session])
  useEffect(() => {
    const others = (found: Session[]) =>
      found.filter(({ account, deploymentId }) => account.id !== session.account.id && deploymentId === session.deploymentId)
    void keyring.entries().then((entries) => setPeople([session, ...others(entries.flatMap((entry) => entry.session ?? []))]))
  }, [session])
  return people
}
