import { keepCopy } from './keptKey.ts'
import { Keyring } from './keyring.ts'
import { browserKeyringStore } from './keyringStore.ts'

/** The keyring of this browser. */
export const keyring = new Keyring({ store: browserKeyringStore(), onNewKey: keepCopy })
