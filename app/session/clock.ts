/** Minutes off are everyday; ten and more are worth a word (docs: sync, handshake). */
const WORTH_A_WORD_MS = 10 * 60_000

/** @param offset this device's clock minus the server's, ms; null when it is not known */
export function clockIsOff(offset: number | null): offset is number {
  return offset !== null && Math.abs(offset) > WORTH_A_WORD_MS
}
