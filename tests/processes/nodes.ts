import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { testSettings } from '#server/database/database.fixture.ts'
import { environment, freePort, HimsServer, type Settings } from '../e2e/server.ts'

const MOST_TRIES = 60

/** Several processes of the server, which share a database and a folder. Each connection goes to another one. */
export class Nodes {
  readonly origin = 'http://localhost:3000'
  /** It is killed too. */
  readonly databaseGoes = true
  #turn = 0
  #kills = 0

  private constructor(
    readonly folder: string,
    readonly settings: Settings,
    readonly nodes: readonly HimsServer[],
  ) {}

  static async on(script: string, count: number, more: Settings): Promise<Nodes> {
    const folder = mkdtempSync(join(tmpdir(), 'hims-nodes-'))
    const settings = { ...more, ...(await testSettings(folder)), ORIGIN: 'http://localhost:3000' }
    const ports = await Promise.all(Array.from({ length: count }, freePort))
    return new Nodes(
      folder,
      settings,
      ports.map((port) => new HimsServer(port, settings, script)),
    )
  }

  get environment(): NodeJS.ProcessEnv {
    return environment(this.settings)
  }

  /** Of the node whose turn it is, as a balancer would choose it. */
  get port(): number {
    const running = this.nodes.filter((node) => node.running)
    this.#turn += 1
    return running[this.#turn % running.length]?.port ?? this.nodes[0]?.port ?? 0
  }

  async start(): Promise<void> {
    await this.#untilPostgresqlIsBack()
    await Promise.all(this.nodes.filter((node) => !node.running).map((node) => node.start()))
  }

  /** One of them; every third time the database, whose server then starts anew from its log. */
  async kill(): Promise<void> {
    this.#kills += 1
    const node = this.nodes[this.#kills % this.nodes.length]
    if (this.#kills % 3 === 0) await this.#crashPostgresql()
    else await node?.kill()
  }

  async #crashPostgresql(): Promise<void> {
    const client = new pg.Client({ connectionString: this.settings.DATABASE_URL })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    // A process of PostgreSQL that dies so makes all of it start anew.
    execFileSync('kill', ['-9', String(rows[0]?.pid)])
    await client.end().catch(() => undefined)
  }

  async #untilPostgresqlIsBack(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const client = new pg.Client({ connectionString: this.settings.DATABASE_URL })
      client.on('error', () => undefined)
      const failed = await client.connect().then(
        () => null,
        (error) => error,
      )
      await client.end().catch(() => undefined)
      if (failed === null) return
      if (tries === MOST_TRIES) throw failed
      await setTimeout(500)
    }
  }

  /** @returns the worst exit code of an orderly stop */
  async stop(): Promise<number | null> {
    const codes = await Promise.all(this.nodes.map((node) => node.stop()))
    return codes.find((code) => code !== 0) ?? 0
  }

  async remove(): Promise<void> {
    for (const node of this.nodes) await node.remove()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
