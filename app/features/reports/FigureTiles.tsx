export interface FigureTilesProps {
  /** What it is, its figure, and what is said of that. */
  tiles: readonly (readonly [name: string, value: string, note?: string | undefined])[]
}

export function FigureTiles({ tiles }: FigureTilesProps) {
  return (
    <dl className="grid grid-cols-2 gap-3 tablet:grid-cols-3 desktop:grid-cols-6">
      {tiles.map(([name, value, note]) => (
        <div key={name} className="flex flex-col-reverse justify-end rounded-2xl border border-line bg-surface p-4">
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="text-2xl font-bold tabular-nums">
            {value} {note !== undefined && <span className="ms-2 text-base font-normal text-ink-soft">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
