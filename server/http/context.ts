import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { Services } from '#server/services.ts'

/** What a page's loader or action gets from the server. The pages import nothing else of it. */
export interface AppContext {
  /** null: nobody is signed in. */
  account: SignedInAccount | null
  services: Services
  ip: string
  requestId: string
  /** For this answer's inline scripts. */
  nonce: string
  /** Writes a defect to the log. */
  report: (error: unknown) => void
  config: {
    origin: string
    timeZone: string
    /** Links made from `origin` open on this machine only; screens that show one say so. */
    linksOnlyHere: boolean
  }
}

declare module '@remix-run/node' {
  interface AppLoadContext extends AppContext {}
}
