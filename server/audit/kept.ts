import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCheckpointSigned, readCheckpoint } from './checkpoint.ts'
import type { IsSigned } from './keys.ts'

/**
 * The newest checkpoint, kept beside the database too: whoever may write to the database alone cannot cut the log off
 * together with its checkpoints.
 */
const fileIn = (dataDir: string) => join(dataDir, 'audit-checkpoint')

export function keepCheckpoint(dataDir: string, text: string): void {
  const file = fileIn(dataDir)
  writeFileSync(`${file}.part`, `${text}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

export function keptCheckpoint(dataDir: string): string | null {
  const file = fileIn(dataDir)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}

/** For verifying; a file that is damaged says as little as one that is gone. */
export function keptToCompare(dataDir: string, isSigned: IsSigned): string[] {
  const text = keptCheckpoint(dataDir)
  const checkpoint = text === null ? null : readCheckpoint(text)
  return text !== null && checkpoint !== null && isCheckpointSigned(checkpoint, isSigned) ? [text] : []
}

/** After a restore it tells of a history that is no more. */
export function forgetCheckpoint(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}
