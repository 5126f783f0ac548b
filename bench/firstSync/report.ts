import { atMost, exactlyAtMost, median, table, type Verdict } from '../figures.ts'

/** Issue 3. The ratios and the bytes are promised for this many clients. */
const PROMISED_FOR = 10_000
// Once encrypted: 1.9x was for plain rows.
const LIMITS = { raw: 2.3, pouchdb: 0.45, wireBytes: 1_400_000, searchableMs: 2_000 }

/** Figures of each round, by name. */
export interface Rounds {
  times: ReadonlyMap<string, readonly number[]>
  /** ms until the first clients were found by a search, while the rest was still arriving */
  searchable: readonly number[]
  wireBytes: readonly number[]
}

/** The table, and whether HIMS keeps its promises. */
export function report(clients: number, { times, searchable, wireBytes }: Rounds): { lines: string[]; verdicts: Verdict[] } {
  const medians = new Map([...times].map(([name, values]) => [name, median(values)]))
  const of = (name: string) => medians.get(name) ?? Number.NaN
  const adapters = [...medians].flatMap(([name, ms]) => (name.startsWith('PouchDB') ? [ms] : []))
  const pouchdb = adapters.length > 0 ? Math.min(...adapters) : Number.NaN
  const rows = [...medians].map(([name, ms]) => [name, ms, ms / of('raw IndexedDB'), ms / pouchdb, each(times.get(name) ?? [])])
  const hims = of('HIMS')
  const promised = [
    atMost(`HIMS is at most ${LIMITS.raw}x raw`, hims / of('raw IndexedDB'), LIMITS.raw, 'x'),
    atMost(`HIMS is at most ${LIMITS.pouchdb}x PouchDB`, hims / pouchdb, LIMITS.pouchdb, 'x'),
    exactlyAtMost('at most 1.4 MB on the wire', median(wireBytes), LIMITS.wireBytes, ' bytes'),
  ]
  return {
    lines: [
      ...table([['', 'median ms', 'of raw', 'of PouchDB', 'each round'], ...rows]),
      `first clients found by a search after ${Math.round(median(searchable))} ms (${each(searchable)}); ${(median(wireBytes) / 1e6).toFixed(2)} MB on the wire`,
    ],
    verdicts: [
      ...(clients === PROMISED_FOR ? promised : []),
      atMost(`${clients} clients: the first can be searched within 2 s`, median(searchable), LIMITS.searchableMs, ' ms'),
    ],
  }
}

function each(values: readonly number[]): string {
  return values.map(Math.round).join(' ')
}
