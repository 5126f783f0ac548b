import { Group } from '@visx/group'
import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { useId } from 'react'
import { Table } from '#app/ui/Table.tsx'

export interface Series {
  key: string
  name: string
}

export interface Bars {
  /** On the axis, short. */
  label: string
  /** In the table, whole. */
  name: string
  /** One of each series, in their order. */
  values: readonly number[]
}

export interface BarChartProps {
  title: string
  /** What the bars stand beside: the heading of the table's first column. */
  axis: string
  series: readonly Series[]
  bars: readonly Bars[]
  format: (value: number) => string
  /** The words that open the table. */
  tableTitle: string
}

/** About as wide as on a phone, so that the letters keep their size there. */
const [WIDTH, HEIGHT] = [440, 240]
const MARGIN = { top: 12, right: 8, bottom: 28, left: 44 }
const TICKS = 4
/** More labels than this would run into one another. */
const MOST_LABELS = 8

/**
 * Bars in groups, with their figures as a table: what the picture shows can be read, by eye, by keyboard and aloud. The
 * series differ in lightness and in their fill too, for those who tell no colours apart, and on paper.
 */
export function BarChart({ title, axis, series, bars, format, tableTitle }: BarChartProps) {
  const most = Math.max(1, ...bars.flatMap(({ values }) => values))
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const x = scaleBand({ domain: bars.map(({ name }) => name), range: [0, inner.width], padding: 0.25 })
  const within = scaleBand({ domain: series.map(({ key }) => key), range: [0, x.bandwidth()], padding: 0.1 })
  const y = scaleLinear({ domain: [0, most], range: [inner.height, 0], nice: TICKS })
  // Of few people there are no halves.
  const ticks = y.ticks(TICKS).filter(Number.isInteger)
  const step = Math.ceil(bars.length / MOST_LABELS)
  const pattern = useId()
  return (
    <figure className="flex flex-col gap-3">
      <Legend series={series} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title} className="h-auto w-full">
        <defs>
          <pattern id={pattern} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="fill-surface" />
            <rect width="3" height="6" className="fill-series-3" />
          </pattern>
        </defs>
        <Group left={MARGIN.left} top={MARGIN.top}>
          {ticks.map((tick) => (
            <Group key={tick} top={y(tick)}>
              <line x2={inner.width} className="stroke-line" />
              <text x={-8} dy="0.32em" textAnchor="end" className="fill-ink-soft text-xs tabular-nums">
                {format(tick)}
              </text>
            </Group>
          ))}
          {bars.map(({ name, label, values }, index) => (
            <Group key={name} left={x(name) ?? 0}>
              {series.map(({ key, name: seriesName }, place) => (
                <Bar
                  key={key}
                  x={within(key) ?? 0}
                  y={y(values[place] ?? 0)}
                  width={within.bandwidth()}
                  height={inner.height - y(values[place] ?? 0)}
                  className={place === 0 ? 'fill-series-1' : 'fill-series-2 stroke-series-2'}
                  {...(place === 2 && { fill: `url(#${pattern})`, className: 'stroke-series-3' })}
                >
                  <title>{`${name}, ${seriesName}: ${format(values[place] ?? 0)}`}</title>
                </Bar>
              ))}
              {index % step === 0 && (
                <text x={x.bandwidth() / 2} y={inner.height + 18} textAnchor="middle" className="fill-ink-soft text-xs">
                  {label}
                </text>
              )}
            </Group>
          ))}
        </Group>
      </svg>
      <details className="no-print">
        <summary className="min-h-12 cursor-pointer py-3 font-semibold">{tableTitle}</summary>
        <Table
          caption={title}
          rows={bars}
          rowKey={({ name }) => name}
          columns={[
            { key: 'axis', title: axis, cell: ({ name }) => name },
            ...series.map(({ key, name }, place) => ({
              key,
              title: name,
              cell: ({ values }: Bars) => format(values[place] ?? 0),
              figures: true,
            })),
          ]}
        />
      </details>
    </figure>
  )
}

const SWATCHES = ['bg-series-1', 'bg-series-2', 'border-2 border-series-3 bg-surface'] as const

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <figcaption className="flex flex-wrap gap-x-5 gap-y-1">
      {series.map(({ key, name }, place) => (
        <span key={key} className="flex items-center gap-2">
          <span aria-hidden="true" className={`size-4 rounded-sm ${SWATCHES[place] ?? ''}`} />
          {name}
        </span>
      ))}
    </figcaption>
  )
}
