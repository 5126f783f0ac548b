import { type Cipher, isEncrypted } from './cipher.ts'
import type { Columns } from './columns.ts'

export type Row = Record<string, unknown> & { id: string }

/** Turns the rows of one collection into what lies on the disk, and back. */
export class RowCipher {
  readonly #plain: ReadonlySet<string>
  /** What was sealed here, so that a write's own event need not be opened. */
  readonly #opened = new WeakMap<object, Row>()

  constructor(
    readonly cipher: Cipher,
    readonly collection: string,
    readonly version: number,
    readonly columns: Columns,
  ) {
    this.#plain = new Set(['id', ...columns.plain])
  }

  isPlain(field: string): boolean {
    return field.startsWith('_') || this.#plain.has(field)
  }

  async seal(rows: readonly Row[]): Promise<Row[]> {
    const { into, open } = this.columns
    const parts = rows.map((row) => (open.includes(row.id) ? null : this.#split(row)))
    const texts = parts.flatMap((part) => (part ? [{ text: JSON.stringify(part.hidden), to: this.#bindingOf(part.kept) }] : []))
    const sealed = (await this.cipher.encrypt(texts)).values()
    return rows.map((row, index) => {
      const kept = parts[index]?.kept
      if (kept === undefined) return row
      kept[into] = sealed.next().value
      this.#opened.set(kept, row)
      return kept
    })
  }

  /** What of a row is readable anyway. */
  header(row: Row): Row {
    return this.#split(row).kept
  }

  /**
   * @param keepDamaged a row that was altered or damaged is answered without what was hidden, so that it can be overwritten;
   *   else it is not there
   */
  async open(rows: readonly Row[], keepDamaged = false): Promise<Row[]> {
    const { into } = this.columns
    const hidden = rows.filter((row) => isEncrypted(row[into]) && !this.#opened.has(row))
    const texts = await this.cipher.decrypt(hidden.map((row) => ({ text: String(row[into]), to: this.#bindingOf(row) })))
    const opened = new Map(hidden.map((row, index) => [row, this.#join(row, texts[index] ?? null, keepDamaged)]))
    return rows.flatMap((row) => {
      const found = opened.has(row) ? opened.get(row) : (this.#opened.get(row) ?? row)
      return found ? [found] : []
    })
  }

  /** The same as one JSON array, put together from the texts: who shows the rows parses them. Damaged ones are not there. */
  async openAsText(rows: readonly Row[]): Promise<string> {
    const { into } = this.columns
    const texts = await this.cipher.decrypt(rows.map((row) => ({ text: String(row[into]), to: this.#bindingOf(row) })))
    const joined = rows.flatMap((row, index) => {
      const hidden = texts[index] ?? null
      if (hidden === null) return []
      const header = JSON.stringify(this.#under(row, {}))
      return [hidden === '{}' ? header : `${header.slice(0, -1)},${hidden.slice(1)}`]
    })
    return `[${joined.join(',')}]`
  }

  /** What was sealed here is known at once; null when it was not. */
  known(row: object): Row | null {
    return this.#opened.get(row) ?? null
  }

  #split(row: Row): { kept: Row; hidden: Record<string, unknown> } {
    const kept: Row = { id: row.id }
    const hidden: Record<string, unknown> = {}
    for (const field in row) {
      if (this.isPlain(field)) kept[field] = row[field]
      else hidden[field] = row[field]
    }
    for (const field of this.columns.empty) kept[field] = ''
    return { kept, hidden }
  }

  #join(row: Row, text: string | null, keepDamaged: boolean): Row | null {
    if (text !== null) return this.#under(row, JSON.parse(text))
    const { damaged } = this.columns
    if (damaged !== null) return this.#under(row, { ...damaged })
    return keepDamaged ? { ...this.#under(row, {}), ...('seq' in row ? { seq: 0 } : {}) } : null
  }

  /** The readable fields onto what was hidden. */
  #under(row: Row, hidden: Record<string, unknown>): Row {
    for (const field in row) if (this.isPlain(field)) hidden[field] = row[field]
    return hidden as Row
  }

  #bindingOf({ id }: Row): string {
    return `${this.collection}|${id}|${this.version}`
  }
}
