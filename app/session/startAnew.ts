import { dropDraftsOfAccount } from '#app/data/drafts.ts'
import { deleteDatabases, tabletName } from '#app/data/localData.ts'
import { noteUnsent } from '#app/data/unsentCounts.ts'
import type { Session } from './account.ts'
import { keyring } from './browserKeyring.ts'
import { browserEscrow } from './escrow.ts'

/**
 * Takes everything of an account from this tablet, the key first: half of it done leaves nothing that can be read. What was
 * not sent is lost, unless the copies that are sealed to the server were delivered before.
 */
export async function startAnew(session: Session): Promise<void> {
  await keyring.remove(session.account.id)
  await deleteDatabases(tabletName(session))
  dropDraftsOfAccount(session.account.id)
  browserEscrow().forget(session.account.id)
  noteUnsent(session.account, 0)
}
