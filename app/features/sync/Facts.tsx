import { Card } from '#app/ui/Card.tsx'

export interface FactsProps {
  title: string
  /** Names and what they are, in words. */
  facts: readonly (readonly [string, string])[]
}

export function Facts({ title, facts }: FactsProps) {
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{title}</h2>
      <dl className="divide-y divide-line">
        {facts.map(([name, words]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 py-2">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="font-semibold tabular-nums">{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
