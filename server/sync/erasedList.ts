import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isClientNumber } from '#domain/clients/number.ts'
import type { Config } from '#server/config.ts'

/** A line of the list: who was erased, when (UTC ms), and the hashes of who they were elsewhere. Nothing else is ever in it. */
export interface ErasedLine {
  id: string
  erasedAt: number
  identities: readonly string[]
}

/**
 * The list of erased clients beside the database, which outlives the database: a backup from before an erasure holds the
 * person, and whatever brings it back is followed by this list. It only grows. One line each: number, time, hashes.
 */
export function erasedListFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'erased.txt')
}

export function readErasedList(file: string): ErasedLine[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap(readLine)
}

/** A line that the power cut short names nobody; who wrote it has not said that it was done. */
function readLine(text: string): ErasedLine[] {
  const [id = '', time = '', hashes = ''] = text.split(' ')
  const erasedAt = Date.parse(time)
  if (!isClientNumber(id) || Number.isNaN(erasedAt)) return []
  return [{ id, erasedAt, identities: hashes.split(',').filter((hash) => /^[\w-]{43}$/.test(hash)) }]
}

/** On the disk when it returns. */
export function addToErasedList(file: string, lines: readonly ErasedLine[]): void {
  if (lines.length === 0) return
  const isNew = !existsSync(file)
  const text = lines.map(
    ({ id, erasedAt, identities }) => `${[id, new Date(erasedAt).toISOString(), identities.join(',')].join(' ').trim()}\n`,
  )
  const handle = openSync(file, 'a', 0o600)
  try {
    // Begins a line of its own also behind one that was cut short.
    writeSync(handle, `${isNew ? '' : '\n'}${text.join('')}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  if (isNew) toDisk(join(file, '..'))
}

/** That the file is there, too, has to be on the disk. */
function toDisk(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
