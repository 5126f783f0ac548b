import type { ReactNode } from 'react'

export interface Column<Row> {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** Figures stand at the end, one under the other. */
  figures?: boolean
}

export interface TableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/** The first column names its row. A wide table scrolls in its own box, never the page; on paper, where nothing scrolls, it is made narrower. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
    <section className="overflow-x-auto rounded-2xl border border-line bg-surface print:overflow-visible" tabIndex={0} aria-label={caption}>
      <table className="w-full border-collapse text-start">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`${place(column)} text-sm font-semibold whitespace-nowrap text-ink-soft print:whitespace-normal`}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-b-0 hover:bg-paper">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" className={`${place(column)} font-semibold`}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={place(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function place<Row>(column: Column<Row>): string {
  return `px-4 py-3 align-top print:px-0.5 print:py-1 print:text-[0.65rem] ${column.figures === true ? 'text-end tabular-nums' : 'text-start'}`
}
