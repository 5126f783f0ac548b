import type { ErasureWish } from '#domain/clients/erasure.ts'

export type ErasureAnswer = 'sent' | 'known' | 'refused' | 'offline'

/** Asks the server to erase a client. Online only: who is erased is decided in one place, so nothing of it waits on a tablet. */
export async function requestErasure(wish: ErasureWish): Promise<ErasureAnswer> {
  try {
    const response = await fetch('/api/erasure', { method: 'POST', body: new URLSearchParams({ ...wish }), cache: 'no-store' })
    if (response.status >= 500) return 'offline'
    if (!response.ok) return 'refused'
    const { answer } = (await response.json()) as { answer: 'requested' | 'known' }
    return answer === 'known' ? 'known' : 'sent'
  } catch {
    return 'offline'
  }
}
