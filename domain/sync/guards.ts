/**
 * Switches for tests: each turns one safeguard off, and the simulation must then fail (tests/sync/guards.test.ts).
 * Nothing outside tests ever sets one.
 */
export const GUARDS = [
  'repeat', // P1: a change that came before is answered, not applied again
  'number-gap', // P2: numbers of a device are taken in their order
  'merge', // M4, M5: what two people changed unseen is a conflict
  'departed', // S2: a record that left is taken from the tablets it left
  'stream-gap', // S7: a live message that leaves a gap makes the device pull
  'never-back', // S8: an older version of a record never replaces a newer one
  'checkpoint-last', // F3: the checkpoint is written after what it stands for
  'until-reached', // O4: a change stays in the overlay until the mirror has reached its number
  'resend', // R2: after a restore, what the backup lacks is sent again
  'new-epoch', // R1: a database that was put back is noticed
  'manifest', // C2: what the tablet holds is compared with what the server holds
  'after-commit', // P4: the server answers when what it answers for is on the disk
  'new-name', // O9: after a fork the tablet goes on under a new name
  'backed-up', // O10: an answered change stays on the tablet until a verified backup holds it
  'purge', // S10: answered changes about what has left the tablet go too
  'hand-in-mirror', // R3: what the mirror holds beyond the backup is handed in
  'resent-order', // R4: what was sent again stands in the order it had
  'epoch-end', // R5: a base of an earlier epoch counts only up to where that epoch ended
  'quarantine', // W1: a revoked device hands in what is unsent before it wipes itself
] as const
export type Guard = (typeof GUARDS)[number]
export type Without = ReadonlySet<Guard>
