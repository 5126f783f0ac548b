import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Told } from './history.ts'
import type { Finding, Wrong } from './proofs/proof.ts'

/** What all histories together amount to. */
export class Report {
  /** Goes on where another process stopped. @param file of `save`; a new one when it is not there */
  static from(file: string | undefined, firstSeed: number): Report {
    const report = new Report(firstSeed)
    return file !== undefined && existsSync(file) ? Object.assign(report, JSON.parse(readFileSync(file, 'utf8'))) : report
  }

  histories = 0
  edits = 0
  acknowledged = 0
  repairs = 0
  /** Of everything that was in any of the histories. */
  hash = ''
  readonly faults: Record<string, number> = {}
  readonly outcomes: Record<string, number> = {}
  readonly wrong: Partial<Record<Wrong, number>> = {}

  constructor(readonly firstSeed: number) {}

  save(file: string): void {
    writeFileSync(file, JSON.stringify(this))
  }

  add(told: Told): void {
    this.histories += 1
    this.hash = createHash('sha256').update(`${this.hash}${told.hash}`).digest('hex')
    this.edits += told.edits
    this.acknowledged += told.acknowledged
    this.repairs += told.repairs
    for (const [name, times] of Object.entries(told.faults)) this.faults[name] = (this.faults[name] ?? 0) + times
    for (const [name, times] of Object.entries(told.outcomes)) this.outcomes[name] = (this.outcomes[name] ?? 0) + times
    for (const { wrong } of told.findings) this.wrong[wrong] = (this.wrong[wrong] ?? 0) + 1
  }

  toString(): string {
    const { lost = 0, twice = 0, diverged = 0, ...others } = this.wrong
    return [
      `simulation: ${this.histories} histories, seeds ${this.firstSeed} to ${this.firstSeed + this.histories - 1}`,
      `  edits ${this.edits}, acknowledged ${this.acknowledged} (${list(this.outcomes)})`,
      `  faults: ${list(this.faults)}`,
      `  lost ${lost}, applied twice ${twice}, diverged ${diverged}, repairs ${this.repairs}${list(others) ? `; also wrong: ${list(others)}` : ''}`,
      `  all of it ${this.hash}`,
      '',
    ].join('\n')
  }
}

export function asLines(seed: number, findings: readonly Finding[]): string[] {
  return findings.map(({ wrong, text }) => `seed ${seed}: ${wrong}: ${text}`)
}

function list(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')
}
