import type { Carried } from '#app/session/carried.ts'
import { digitsOf } from './searchWords.ts'

/** With what a registration begins: a phone when it is mostly figures, else a name in capitals. */
export function typedPerson(typed: string): Carried {
  const text = typed.trim().replace(/\s+/g, ' ')
  const isPhone = !/\p{L}/u.test(text) && digitsOf(text).length >= 3
  return isPhone ? { name: '', phone: text } : { name: capitalised(text), phone: '' }
}

/** Names that were typed in small letters to be found. Those with a capital of their own stay as they are. */
function capitalised(name: string): string {
  if (name !== name.toLowerCase()) return name
  return name.replace(/(?<=^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase())
}
