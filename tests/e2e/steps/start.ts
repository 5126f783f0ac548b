import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, freePort, type Settings } from '../server.ts'

export interface Ended {
  code: number | null
  output: string
}

/** Starts the server in a way that must not work, and waits for its end. */
export async function failedStart(settings: Settings, folder?: string): Promise<Ended> {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'hims-e2e-start-'))
  const env = environment({ PORT: String(await freePort()), DATA_DIR: dataDir, ...settings })
  const child = spawn(process.execPath, ['build/server-app/index.js'], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (folder === undefined) rmSync(dataDir, { recursive: true, force: true })
  return { code, output: output.trim() }
}

/** Runs what `npm start` runs, until it is ready. @returns all that it printed */
export async function npmStart(settings: Settings): Promise<string> {
  const child = spawn(process.execPath, ['server/operations/start.mjs'], { env: environment(settings), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text
      if (output.includes('HIMS is ready')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => reject(new Error(output)))
  })
  child.kill('SIGTERM')
  await ended
  return output
}
