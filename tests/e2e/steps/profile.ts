import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The ways in which a browser writes a text down: as it is, in two bytes a sign both ways round, and within base64. */
function encodings(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  return [Buffer.from(text, 'utf8'), little, Buffer.from(little).swap16(), ...inBase64(text)]
}

/** What of a text's base64 does not depend on its neighbours, for each of its three places among them. */
function inBase64(text: string): Buffer[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'utf8')]).toString('base64')
    const whole = Math.floor((before + text.length) / 3) * 4
    return Buffer.from(encoded.slice(before === 0 ? 0 : 4, whole))
  })
}

/** Which of these texts lie anywhere in a folder, in any of the encodings, whatever the case. @returns text -> file */
export function foundIn(folder: string, texts: readonly string[]): Map<string, string> {
  const wanted = texts.map((text) => ({ text, forms: [text, text.toLowerCase()].flatMap(encodings) }))
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = read(file)
    for (const { text, forms } of wanted) if (!found.has(text) && forms.some((form) => bytes.includes(form))) found.set(text, file)
  }
  return found
}

/** A running browser takes files away while they are listed. */
function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
