import { createContext } from 'react'

/** The nonce of this answer's inline scripts; undefined in the browser and in the boot document. */
export const NonceContext = createContext<string | undefined>(undefined)
