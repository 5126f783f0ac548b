import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { clearTimeout, setTimeout as later } from 'node:timers'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { DemoAccounts } from '#server/exchange/demo.ts'

const START_MS = 60_000

export type Settings = Record<string, string>

/** The environment of a server: nothing of the shell that runs the tests but what Node itself needs. */
export function environment(settings: Settings): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, HOME: process.env.HOME, ...settings }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A real server process with a port and a folder of its own, both kept over stop and start. */
export class HimsServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'hims-e2e-'))
  /** All that it printed since it was started last. */
  output = ''
  #process: ChildProcess | null = null
  /** The folder that holds the build: another one is another version. */
  home = '.'
  /** Ever: pages may then complain of the network, and in no other test. */
  wasStopped = false

  constructor(
    readonly port: number,
    readonly settings: Settings,
    readonly script = 'build/server-app/index.js',
  ) {}

  static async started(settings: Settings = {}): Promise<HimsServer> {
    const server = new HimsServer(await freePort(), settings)
    await server.start().catch((error) => {
      rmSync(server.folder, { recursive: true, force: true })
      throw error
    })
    return server
  }

  get origin(): string {
    return this.settings.ORIGIN ?? `http://localhost:${this.port}`
  }

  get running(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null
  }

  /** Of the process that was started last. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  get databaseFile(): string {
    return join(this.folder, 'hims.sqlite')
  }

  get environment(): NodeJS.ProcessEnv {
    return environment({ PORT: String(this.port), DATA_DIR: this.folder, ...this.settings })
  }

  /** Resolves when the server has printed where it is. */
  async start(): Promise<void> {
    this.output = ''
    const child = spawn(process.execPath, [this.script], { cwd: this.home, env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#process = child
    await new Promise<void>((resolve, reject) => {
      const late = later(() => reject(new Error(`the server did not start:\n${this.output}`)), START_MS)
      const read = (text: Buffer) => {
        this.output += text
        if (this.output.includes(`HIMS is ready at ${this.origin}`)) settle(resolve)
      }
      const settle = (end: () => void) => {
        clearTimeout(late)
        end()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', (code) => settle(() => reject(new Error(`the server ended with ${code}:\n${this.output}`))))
    })
  }

  /** @returns the exit code of an orderly stop */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** The end that a power cut makes. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process
    if (child === null || !this.running) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    this.wasStopped = true
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** One of the commands of `npm run`, on this server's data. @returns what it printed */
  async command(...args: string[]): Promise<string> {
    const file = join(dirname(this.script), 'command.js')
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { cwd: this.home, env: this.environment })
    return stdout
  }

  /** Printed just after the address. */
  async setupLink(): Promise<string> {
    const wanted = /http:\/\/\S+\/setup\/\S+(?=\s)/
    for (let tries = 0; tries < 100 && !wanted.test(this.output); tries += 1) await setTimeout(50)
    const link = wanted.exec(this.output)?.[0]
    if (link === undefined) throw new Error(`no set-up link was printed:\n${this.output}`)
    return link
  }

  get demo(): DemoAccounts {
    return JSON.parse(readFileSync(join(this.folder, 'demo.json'), 'utf8'))
  }
}
