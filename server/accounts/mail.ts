import { createTransport } from 'nodemailer'
import type { Config } from '#server/config.ts'

/** The only file that knows nodemailer. */

export interface Letter {
  to: string
  subject: string
  text: string
}

/** Rejects when the mail server did not take it. */
export type Mail = (letter: Letter) => Promise<void>

/** Somebody waits for the answer. */
const PATIENCE_MS = 10_000

/** @returns null where no mail server is set */
export function createMail(settings: Config['mail']): Mail | null {
  if (settings === null) return null
  const { smtpUrl, from } = settings
  const limits = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS }
  const transport = createTransport({ url: smtpUrl, ...limits, disableFileAccess: true, disableUrlAccess: true })
  return async (letter) => {
    await transport.sendMail({ from, ...letter })
  }
}
