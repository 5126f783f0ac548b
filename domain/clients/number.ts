/**
 * The client number: 12 random Crockford base32 characters and a check character (Luhn mod 32).
 * It is the record's id, and stands on the card, in QR codes, in URLs and in the partner API.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RANDOM_LENGTH = 12

/** @param random one byte (0-255) for each of the 12 characters; its low 5 bits are used */
export function clientNumber(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, RANDOM_LENGTH), (byte) => ALPHABET[byte & 31]).join('')
  if (body.length !== RANDOM_LENGTH) throw new RangeError(`needs ${RANDOM_LENGTH} random bytes`)
  return body + checkCharacter(body)
}

export function isClientNumber(text: string): boolean {
  if (!/^[0-9A-HJKMNP-TV-Z]{13}$/.test(text)) return false
  return checkCharacter(text.slice(0, RANDOM_LENGTH)) === text[RANDOM_LENGTH]
}

/** What a person typed, as a client number: capitals, no spaces or dashes, O read as 0 and I or L as 1. */
export function readClientNumber(typed: string): string | null {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return isClientNumber(text) ? text : null
}

/** Every client number that stands in a text, with a program's code behind it or alone. */
export function numbersIn(text: string): string[] {
  return [...new Set(text.match(/\b[0-9A-Z]{13}\b/g) ?? [])].filter(isClientNumber)
}

/** As people read it aloud: groups of four, `7K2M 9QXA 41RT C`. */
export function spokenClientNumber(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ')
}

function checkCharacter(body: string): string {
  let factor = 2
  let sum = 0
  for (const character of [...body].reverse()) {
    const product = factor * ALPHABET.indexOf(character)
    sum += Math.floor(product / 32) + (product % 32)
    factor = factor === 2 ? 1 : 2
  }
  return ALPHABET.charAt((32 - (sum % 32)) % 32)
}
