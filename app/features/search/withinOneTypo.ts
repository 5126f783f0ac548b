/**
 * Whether `typed` begins `word` but for one slip: a letter wrong, missing, too many, or two neighbours exchanged.
 * The first letter that differs decides where the slip is, so no table of distances is needed.
 */
export function beginsWithinOneTypo(typed: string, word: string): boolean {
  const at = firstDifference(typed, word)
  if (at === typed.length) return true
  const rest = typed.slice(at + 1)
  return (
    word.startsWith(rest, at + 1) ||
    word.startsWith(rest, at) ||
    word.startsWith(typed.slice(at), at + 1) ||
    (typed[at] === word[at + 1] && typed[at + 1] === word[at] && word.startsWith(typed.slice(at + 2), at + 2))
  )
}

function firstDifference(typed: string, word: string): number {
  let at = 0
  while (at < typed.length && typed[at] === word[at]) at += 1
  return at
}
