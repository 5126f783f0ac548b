import Papa from 'papaparse'

/** A row of a CSV file and the line of the file it starts on; `cells` is null when its quotation marks do not close. */
export interface CsvRow {
  line: number
  cells: string[] | null
}

/** No person's row is this long: a quotation mark was opened and never closed. */
const LONGEST_ROW = 256 * 1024

/** Rows in pieces as they come. One broken row costs that row only, not all that stands behind it. */
export async function* csvRows(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow> {
  let waiting = ''
  let line = 1
  function* take(last: boolean): Generator<CsvRow> {
    for (;;) {
      const { rows, used } = cut(waiting, delimiter, last)
      if (used === 0) return
      waiting = waiting.slice(used)
      for (const cells of rows) {
        if (cells === null || cells.some((cell) => cell.trim() !== '')) yield { line, cells }
        line += cells === null ? 1 : 1 + newlines(cells)
      }
    }
  }
  for await (const piece of text) {
    waiting += piece
    yield* take(false)
  }
  yield* take(true)
}

interface Cut {
  rows: (string[] | null)[]
  /** Characters that are done with. */
  used: number
}

function cut(text: string, delimiter: string, last: boolean): Cut {
  const whole = parse(text, delimiter, !last)
  const broken = whole.errors.find(({ type }) => type === 'Quotes')?.row
  if (broken === undefined && whole.data.length > 0) return { rows: whole.data, used: whole.meta.cursor }
  if (broken === undefined && text.length < LONGEST_ROW) return { rows: [], used: 0 }
  const before = broken ? parse(text, delimiter, true, broken) : { data: [], meta: { cursor: 0 } }
  const end = text.indexOf('\n', before.meta.cursor)
  if (end === -1 && !last) return { rows: before.data, used: before.meta.cursor }
  return { rows: [...before.data, null], used: end === -1 ? text.length : end + 1 }
}

function parse(text: string, delimiter: string, ignoreLastRow: boolean, preview = 0): Papa.ParseResult<string[]> {
  return new Papa.Parser({ delimiter, newline: '\n', preview } as Papa.ParseConfig).parse(text, 0, ignoreLastRow)
}

function newlines(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

/** The sign that parts the header most often outside of quotation marks. */
export function delimiterOf(header: string): string {
  const plain = header.replace(/"[^"]*"/g, '')
  const count = (sign: string) => plain.split(sign).length
  return [',', ';', '\t', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
