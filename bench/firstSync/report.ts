import { cpus, loadavg, totalmem } from 'node:os'

/** What docs and issue 2 promise. */
const LIMITS = { raw: 2.6, pouchdb: 0.6 }
/** A run within this of its limit passes: medians of five move by about as much on a busy machine of two cores. */
const TOLERANCE = 0.15

export type Times = ReadonlyMap<string, readonly number[]>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2
}

/** The table, and whether HIMS keeps its promises. */
export function report(times: Times): { lines: string[]; passed: boolean } {
  const medians = new Map([...times].map(([name, values]) => [name, median(values)]))
  const of = (name: string) => medians.get(name) ?? Number.NaN
  const adapters = [...medians].flatMap(([name, ms]) => (name.startsWith('PouchDB') ? [ms] : []))
  const pouchdb = adapters.length > 0 ? Math.min(...adapters) : Number.NaN
  const checks = [
    check(`HIMS is at most ${LIMITS.raw}x raw`, of('HIMS') / of('raw IndexedDB'), LIMITS.raw),
    check(`HIMS is under ${LIMITS.pouchdb}x PouchDB`, of('HIMS') / pouchdb, LIMITS.pouchdb),
  ]
  const rows = [...medians].map(([name, ms]) => row(name, ms, ms / of('raw IndexedDB'), ms / pouchdb, times.get(name) ?? []))
  return {
    lines: [row('', 'median ms', 'of raw', 'of PouchDB', ['each round']), ...rows, '', ...checks.map(({ line }) => line)],
    passed: checks.every(({ passed }) => passed),
  }
}

function check(promise: string, ratio: number, limit: number): { line: string; passed: boolean } {
  if (Number.isNaN(ratio)) return { line: `----  ${promise}: not measured in this run`, passed: false }
  const passed = ratio <= limit * (1 + TOLERANCE)
  const words =
    ratio <= limit ? '' : passed ? ` (within the tolerance of ${TOLERANCE * 100} %)` : ` (beyond the tolerance of ${TOLERANCE * 100} %)`
  return { line: `${passed ? 'PASS' : 'FAIL'}  ${promise}: ${ratio.toFixed(2)}x${words}`, passed }
}

function row(
  name: string,
  ms: number | string,
  ofRaw: number | string,
  ofPouchdb: number | string,
  rounds: readonly (number | string)[],
): string {
  const text = (value: number | string, digits: number) =>
    typeof value === 'number' ? (Number.isNaN(value) ? '-' : value.toFixed(digits)) : value
  const cells = [text(ms, 0).padStart(9), text(ofRaw, 2).padStart(8), text(ofPouchdb, 2).padStart(11)]
  return `${name.padEnd(20)}${cells.join('')}   ${rounds.map((value) => text(value, 0)).join(' ')}`
}

export function machine(browser: string): string {
  const [first, ...more] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${more.length + 1} x ${first?.model ?? 'unknown'}, ${gigabytes} GB, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}, Chromium ${browser}`
}
