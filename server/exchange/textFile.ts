import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { StartProblem } from '#server/config.ts'

/** A file as text in pieces, with `\n` at the end of every line, whatever wrote it. */

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** @param onBytes told after each piece how many bytes of the file were read, for the progress bar */
export async function* readText(file: string, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(file))
  let read = 0
  let carriageReturn = ''
  for await (const piece of createReadStream(file)) {
    read += (piece as Buffer).length
    onBytes(read)
    const text = carriageReturn + decoder.decode(piece as Buffer, { stream: true })
    // The line feed that belongs to it may be in the next piece.
    carriageReturn = text.endsWith('\r') ? '\r' : ''
    yield oneLineEnd(carriageReturn === '' ? text : text.slice(0, -1))
  }
  yield oneLineEnd(carriageReturn + decoder.decode())
}

/** Bytes of the file. Throws `StartProblem` when it cannot be read. */
export async function fileSize(file: string): Promise<number> {
  try {
    const handle = await open(file, 'r')
    await handle.close()
    const found = await stat(file)
    if (!found.isFile()) throw new StartProblem(`${file} is not a file: name a CSV or FHIR file.`)
    return found.size
  } catch (error) {
    if (error instanceof StartProblem) throw error
    throw new StartProblem(
      `The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}): correct its name or its permissions.`,
    )
  }
}

function oneLineEnd(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** The whole file is looked through once: the one accent that gives Latin-1 away may be in the last row. */
async function encodingOf(file: string): Promise<Encoding> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let first = true
  try {
    for await (const piece of createReadStream(file)) {
      const wide = first ? wideEncoding(piece as Buffer) : null
      if (wide) return wide
      first = false
      strict.decode(piece as Buffer, { stream: true })
    }
    strict.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
}

/** By the byte order mark, or by the zero beside each letter of the header. */
function wideEncoding(start: Buffer): Encoding | null {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] !== 0 && start[1] === 0)) return 'utf-16le'
  if ((start[0] === 0xfe && start[1] === 0xff) || (start[0] === 0 && start[1] !== 0)) return 'utf-16be'
  return null
}
