import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ImportResult } from './importCommand.ts'
import type { Reached } from './progress.ts'

export interface ImportRun {
  /** Throws `NotRead` with the reason, in words for people, or that it was stopped. */
  result: Promise<ImportResult>
  stop: () => void
}

/** Runs `npm run import` with these arguments; `onReached` is told now and then. */
export type RunImport = (args: readonly string[], onReached: (reached: Reached) => void) => ImportRun

/** The import did not come to its end. */
export class NotRead extends Error {
  override readonly name = 'NotRead'
  constructor(
    message: string,
    readonly stopped = false,
  ) {
    super(message)
  }
}

/** What a process says before it fails: the reason in words, or a stack that nobody reads. */
const MOST_ERROR_CHARACTERS = 2_000

/**
 * In a process of its own, the same that an operator starts: a copy of a large database for the trial, and a file of
 * 100,000 people, would keep everybody else waiting in this one.
 */
export const importInProcess: RunImport = (args, onReached) => {
  const command = fileURLToPath(new URL('./command.js', import.meta.url))
  const child = spawn(process.execPath, [command, 'import', '--json', '--progress', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => child.kill('SIGTERM')
  process.once('exit', stop)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_ERROR_CHARACTERS)
  })
  const result = new Promise<ImportResult>((resolve, reject) => {
    let last: ImportResult | null = null
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { reached: Reached } | ImportResult
      if ('reached' in told) onReached(told.reached)
      else last = told
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('exit', stop)
      if (code === 0 && last !== null) resolve(last)
      else reject(new NotRead(said.trim() || 'the import ended without a word', signal !== null))
    })
  })
  return { result, stop }
}
