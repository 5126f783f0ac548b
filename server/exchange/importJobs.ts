import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { refuse } from '#domain/problem.ts'
import type { Dependencies } from '#server/services.ts'
import { CHOOSABLE, type Meaning } from './columns.ts'
import { importInProcess, NotRead, type RunImport } from './importProcess.ts'
import type { Reached } from './progress.ts'
import { type Sample, sampleOf } from './sample.ts'
import type { Line, Summary } from './summary.ts'

/** Of what a file is told line by line; the others are counted. */
const MOST_LINES = 300
const KEPT_MS = 90 * 86_400_000
/** Files hold people: they stay as long as somebody may be busy with them, and no longer. */
const FILES_KEPT_MS = 7 * 86_400_000

const id = z.uuid()
const settings = z.object({
  facilityId: z.string().max(40).nullable(),
  system: z.string().trim().max(60).nullable(),
  columns: z.record(z.string(), z.enum(CHOOSABLE as [Meaning, ...Meaning[]]).nullable()),
})
export type ImportSettings = z.infer<typeof settings>

const STATES = ['uploaded', 'checking', 'checked', 'taking', 'taken', 'failed', 'stopped'] as const
export type ImportState = (typeof STATES)[number]

/** What is kept of an import in its folder, beside the files. */
interface Kept extends ImportSettings {
  id: string
  /** UTC ms of the upload. */
  at: number
  by: string
  files: string[]
  state: ImportState
  /** Of the last trial or import; `null` before. */
  summary: Summary | null
  lines: Line[]
  lineCount: number
  /** In words, when it failed. */
  failure: string | null
}

export interface ImportJob extends Kept {
  /** While it is under way. */
  reached: Reached | null
}

/** One file of an upload, as it comes. */
export interface Upload {
  name: string
  data: AsyncIterable<Uint8Array>
}

/** An upload. What is not kept is to be dropped. */
export interface Receiving {
  /** Throws `Refusal`: too-large (all files together). */
  take: (upload: Upload) => Promise<void>
  /** Throws `Refusal`: invalid (there was no file). @returns the import's id */
  keep: () => Promise<string>
  drop: () => Promise<void>
}

/**
 * Imports that people start from a page: files are taken, tried on a copy of the database, looked at, and taken over. One
 * runs at a time. What was interrupted goes on where it was, because who is here already is passed over as unchanged.
 */
export function createImportJobs({ config, now }: Dependencies, run: RunImport = importInProcess) {
  const root = join(config.dataDir, 'imports')
  let active: { id: string; reached: Reached | null; stop: () => void; ended: Promise<void> } | null = null

  const folderOf = (job: string) => join(root, id.parse(job))
  const pathsOf = ({ id: job, files }: Kept) => files.map((name) => join(folderOf(job), 'files', name))

  async function read(job: string): Promise<Kept | null> {
    if (!id.safeParse(job).success) return null
    try {
      const kept = JSON.parse(await readFile(join(folderOf(job), 'job.json'), 'utf8')) as Kept
      if (active?.id === job) return kept
      // The server ended meanwhile. What was tried to its end, and only that, can be taken over.
      if (kept.state === 'checking') return { ...kept, state: 'uploaded' }
      return kept.state === 'taking' ? { ...kept, state: 'stopped' } : kept
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async function write(kept: Kept): Promise<void> {
    const file = join(folderOf(kept.id), 'job.json')
    await writeFile(`${file}.new`, JSON.stringify(kept))
    await rename(`${file}.new`, file)
  }

  async function known(job: string): Promise<Kept> {
    return (await read(job)) ?? refuse('not-found')
  }

  const shown = (kept: Kept): ImportJob => ({ ...kept, reached: active?.id === kept.id ? active.reached : null })

  async function list(): Promise<ImportJob[]> {
    const names = await readdir(root).catch(() => [])
    const jobs = (await Promise.all(names.map(read))).flatMap((kept) => kept ?? [])
    return jobs.sort((a, b) => b.at - a.at).map(shown)
  }

  /** Files of long ago, and later what was said of them. */
  async function sweep(): Promise<void> {
    for (const { id: job, at } of await list()) {
      if (active?.id === job) continue
      if (at < now() - KEPT_MS) await rm(folderOf(job), { recursive: true, force: true })
      else if (at < now() - FILES_KEPT_MS) await rm(join(folderOf(job), 'files'), { recursive: true, force: true })
    }
  }

  function argumentsOf(kept: Kept, by: string, isTrial: boolean): string[] {
    const { facilityId, system, columns } = kept
    return [
      ...(facilityId === null ? [] : ['--facility', facilityId]),
      ...(system ? ['--source', system] : []),
      ...(Object.keys(columns).length === 0 ? [] : ['--columns', JSON.stringify(columns)]),
      ...(isTrial ? ['--dry-run'] : []),
      '--by',
      by,
      '--',
      ...pathsOf(kept),
    ]
  }

  /** Until it has begun. Nothing else begins from this moment on. */
  async function begin(kept: Kept, by: string): Promise<void> {
    const isTrial = kept.state === 'checking'
    const current: NonNullable<typeof active> = { id: kept.id, reached: null, stop: () => undefined, ended: Promise.resolve() }
    active = current
    const written = write(kept)
    const work = async (): Promise<void> => {
      await written
      const started = run(argumentsOf(kept, by, isTrial), (reached) => {
        current.reached = reached
      })
      current.stop = started.stop
      const change = await started.result.then(
        (result) => ending(kept, isTrial, result),
        (error) => broken(kept, isTrial, error),
      )
      await write({ ...kept, ...change })
      if (change.state === 'taken') await rm(join(folderOf(kept.id), 'files'), { recursive: true, force: true })
    }
    current.ended = work().finally(() => {
      active = null
    })
    // A disk that takes no more: told to who waits for the beginning.
    current.ended.catch(() => undefined)
    await written
  }

  function broken(kept: Kept, isTrial: boolean, error: unknown): Partial<Kept> {
    if (!(error instanceof NotRead)) return { state: 'failed', failure: 'the import could not be started' }
    if (error.stopped) return { state: isTrial ? 'uploaded' : 'stopped' }
    return { state: 'failed', failure: nameless(kept, error.message) }
  }

  function ending(kept: Kept, isTrial: boolean, result: Summary & { lines: Line[] }): Partial<Kept> {
    const { lines, ...summary } = result
    const told = lines.slice(0, MOST_LINES).map((line) => JSON.parse(nameless(kept, JSON.stringify(line))) as Line)
    return { state: isTrial ? 'checked' : 'taken', summary, lines: told, lineCount: lines.length, failure: null }
  }

  /** People know their files by name; where the server keeps them is its own business. */
  function nameless(kept: Kept, text: string): string {
    return pathsOf(kept).reduce((changed, path, index) => changed.replaceAll(path, kept.files[index] ?? ''), text)
  }

  return {
    list,
    /** What a column can be said to mean. */
    meanings: CHOOSABLE,
    async get(job: string): Promise<ImportJob | null> {
      const kept = await read(job)
      return kept && shown(kept)
    },
    /** For files as they come, to the disk. */
    async receive(by: string, mostBytes: number): Promise<Receiving> {
      await sweep()
      const job = randomUUID()
      await mkdir(join(folderOf(job), 'files'), { recursive: true, mode: 0o700 })
      const files: string[] = []
      const drop = () => rm(folderOf(job), { recursive: true, force: true })
      let left = mostBytes
      return {
        async take({ name, data }) {
          const safe = `${files.length + 1}-${basename(name)
            .replace(/[^\p{L}\p{N}._ -]/gu, '_')
            .slice(-100)}`
          left -= await toDisk(join(folderOf(job), 'files', safe), data, left)
          files.push(safe)
        },
        async keep() {
          if (files.length === 0) {
            await drop()
            refuse('invalid')
          }
          const none: ImportSettings = { facilityId: null, system: null, columns: {} }
          await write({ id: job, at: now(), by, files, ...none, state: 'uploaded', summary: null, lines: [], lineCount: 0, failure: null })
          return job
        },
        drop,
      }
    },
    /** How the beginning of the files is understood. */
    async sample(job: string): Promise<Sample> {
      const kept = await known(job)
      const sample = await sampleOf({ files: pathsOf(kept), columns: kept.columns, at: now(), timeZone: config.timeZone })
      return { ...sample, failure: sample.failure && nameless(kept, sample.failure) }
    },
    /** Tries it on a copy of the database. Throws `Refusal`: not-found, busy, invalid, already-used. */
    async check(job: string, by: string, chosen: ImportSettings): Promise<void> {
      const kept = await known(job)
      if (kept.state === 'taken') refuse('already-used')
      const read = settings.safeParse(chosen)
      if (!read.success) refuse('invalid')
      if (active !== null) refuse('busy')
      const next: Kept = { ...kept, ...read.data, state: 'checking', summary: null, lines: [], lineCount: 0, failure: null }
      await begin(next, by)
    },
    /** Takes it over as it was tried, or goes on. Throws `Refusal`: not-found, busy, invalid (it was not tried), already-used. */
    async take(job: string, by: string): Promise<void> {
      const kept = await known(job)
      if (kept.state === 'taken') refuse('already-used')
      if (kept.state !== 'checked' && kept.state !== 'stopped') refuse('invalid')
      if (active !== null) refuse('busy')
      const next: Kept = { ...kept, state: 'taking', failure: null }
      await begin(next, by)
    },
    /** Ends what is under way; who was taken over stays. */
    async stop(job: string): Promise<void> {
      if (active?.id !== job) return
      active.stop()
      await active.ended
    },
    /** The files and what was said of them. Throws `Refusal`: busy. */
    async remove(job: string): Promise<void> {
      await known(job)
      if (active?.id === job) refuse('busy')
      await rm(folderOf(job), { recursive: true, force: true })
    },
    /** Until what is under way has ended. */
    settled: async (): Promise<void> => active?.ended,
  }
}

/** Throws `Refusal`: too-large. @returns the bytes that it was */
async function toDisk(file: string, data: AsyncIterable<Uint8Array>, mostBytes: number): Promise<number> {
  let bytes = 0
  async function* counted() {
    for await (const piece of data) {
      bytes += piece.length
      if (bytes > mostBytes) refuse('too-large')
      yield piece
    }
  }
  await writeFile(file, counted(), { mode: 0o600 })
  return bytes
}

export type ImportJobs = ReturnType<typeof createImportJobs>
