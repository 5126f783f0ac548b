/**
 * The pure function, with its last answers kept: a registration is compared with hundreds of people, and the same few
 * hundred names come again and again. Forgets everything when `most` texts are known, which costs less than to choose.
 */
export function remembered<T>(answer: (text: string) => T, most = 20_000): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const now = answer(text)
    known.set(text, now)
    return now
  }
}
