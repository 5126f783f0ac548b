import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HimsServer } from '../server.ts'

/** As a person does it who knows no command: the file of a stopped server is put aside. */
export function copyDatabase(server: HimsServer): string {
  const copy = join(server.folder, 'yesterday.sqlite')
  copyFileSync(server.databaseFile, copy)
  return copy
}

/** And put back later. */
export function putBack(server: HimsServer, copy: string): void {
  for (const end of ['-wal', '-shm']) rmSync(server.databaseFile + end, { force: true })
  copyFileSync(copy, server.databaseFile)
}
