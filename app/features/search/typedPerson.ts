import { digitsOf } from './searchWords.ts'

/** Where a registration begins with what was typed: a phone when it is mostly figures, else a name in capitals. */
export function registerAddress(typed: string): string {
  const text = typed.trim().replace(/\s+/g, ' ')
  if (text === '') return '/clients/new'
  const isPhone = !/\p{L}/u.test(text) && digitsOf(text).length >= 3
  return `/clients/new?${new URLSearchParams(isPhone ? { phone: text } : { name: capitalised(text) })}`
}

/** Names that were typed in small letters to be found. Those with a capital of their own stay as they are. */
function capitalised(name: string): string {
  if (name !== name.toLowerCase()) return name
  return name.replace(/(?<=^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase())
}
