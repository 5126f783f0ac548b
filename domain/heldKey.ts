/**
 * What pages ask of the service worker's memory, where the data key survives a reload. Nothing of it is ever on the disk:
 * the worker forgets it when no page is left, and the browser ends the worker soon after.
 */
export const HELD_KEY = { hold: 'hold-key', drop: 'drop-key', ask: 'ask-key' } as const

export type HeldKeyMessage<Held> = { kind: 'hold-key'; held: Held } | { kind: 'drop-key' } | { kind: 'ask-key' }
