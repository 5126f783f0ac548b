import { cpus, loadavg, totalmem } from 'node:os'

/** A time within this of its limit is told apart from one that keeps it: medians move by about as much on two busy cores. */
const TOLERANCE = 0.15

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** @param part 0 to 1; between two values the line between them counts */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return below + (above - below) * (place - Math.floor(place))
}

export interface Verdict {
  line: string
  passed: boolean
  measured: boolean
}

/** `value` may be at most `limit`. A value that was not measured does not pass. */
export function atMost(promise: string, value: number, limit: number, unit: string): Verdict {
  return verdict(promise, value, value / limit, unit, TOLERANCE)
}

/** The same for what comes out alike each time, such as bytes on the wire: there is nothing to tolerate. */
export function exactlyAtMost(promise: string, value: number, limit: number, unit: string): Verdict {
  return verdict(promise, value, value / limit, unit, 0)
}

/** `value` must be at least `goal`. */
export function atLeast(promise: string, value: number, goal: number, unit: string): Verdict {
  return verdict(promise, value, goal / value, unit, TOLERANCE)
}

/** The same for what comes out alike each time. */
export function exactlyAtLeast(promise: string, value: number, goal: number): Verdict {
  return verdict(promise, value, goal / value, '', 0)
}

/** What must never happen. */
export function never(promise: string, times: number): Verdict {
  return { line: `${times === 0 ? 'KEPT  ' : 'MISSED'}  ${promise}: ${times}`, passed: times === 0, measured: true }
}

/** KEPT, NEAR (beyond its limit, within the tolerance) or MISSED. */
function verdict(promise: string, value: number, ratio: number, unit: string, tolerance: number): Verdict {
  if (!Number.isFinite(ratio)) return { line: `----    ${promise}: not measured in this run`, passed: false, measured: false }
  const passed = ratio <= 1 + tolerance
  const word = ratio <= 1 ? 'KEPT  ' : passed ? 'NEAR  ' : 'MISSED'
  const beyond = ratio <= 1 ? '' : ` (beyond it by ${format((ratio - 1) * 100)} %)`
  return { line: `${word}  ${promise}: ${format(value)}${unit}${beyond}`, passed, measured: true }
}

export function format(value: number): string {
  if (Number.isNaN(value)) return '-'
  if (value >= 100) return String(Math.round(value))
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Prints what was promised and what came of it, and sets the exit code. */
export function conclude(verdicts: readonly Verdict[]): void {
  for (const { line } of verdicts) say(line)
  process.exitCode = verdicts.every(({ passed }) => passed) ? 0 : 1
}

/** Rows of cells, the first one the headings, aligned to the right but for the first column. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? format(cell) : cell)))
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  return texts.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  )
}

export function machine(browser?: string): string {
  const [first, ...more] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const chromium = browser === undefined ? '' : `, Chromium ${browser}`
  return `${more.length + 1} x ${first?.model ?? 'unknown'}, ${gigabytes} GB, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}${chromium}`
}
