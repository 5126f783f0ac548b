import { z } from 'zod'

/**
 * What an application is told: that something has changed, and nothing of anybody. It then asks for the changes since its
 * cursor (GET /api/external/changes/), with its own token and what that may see. Signed as Standard Webhooks says.
 */
export const webhookMessage = z.strictObject({
  type: z.literal('changes.available'),
  /** When it was noticed, ISO 8601. */
  timestamp: z.iso.datetime(),
  data: z.strictObject({}),
})
export type WebhookMessage = z.infer<typeof webhookMessage>

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** Times are UTC ms. */
export interface WebhookDelivery {
  id: string
  createdAt: number
  state: DeliveryState
  attempts: number
  /** Of one that waits: when it is tried again. */
  nextAt: number
  /** A status of HTTP such as `503`, or `timeout`, `refused-host`, `unreachable`; null before the first attempt. */
  answer: string | null
}

export interface WebhookView {
  url: string
  createdAt: number
  /** The newest first. */
  deliveries: WebhookDelivery[]
}

const longest = 500

/** https, and no name or password in it. @returns null for what is no such address */
export function readWebhookUrl(text: string): URL | null {
  if (text.length > longest || !URL.canParse(text)) return null
  const url = new URL(text)
  const isOpen = url.protocol === 'http:' && isThisMachine(url.hostname)
  if ((url.protocol !== 'https:' && !isOpen) || url.username !== '' || url.password !== '' || url.hash !== '') return null
  return url
}

/** Without https only on the very machine: for a program beside the server. */
function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/** A host with its port, or any port of a host that is named without one. */
export function isAllowedHost(url: URL, hosts: readonly string[]): boolean {
  return hosts.includes(url.host) || hosts.includes(url.hostname)
}
