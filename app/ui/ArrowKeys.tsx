import type { KeyboardEvent, ReactNode } from 'react'

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow up and down go from one `data-arrow-stop` to the next: from a search box into its list, and along the list. */
export function ArrowKeys({ children, className }: { children: ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it does nothing itself; it moves the focus among those that do
    <div className={className} onKeyDown={move}>
      {children}
    </div>
  )
}

function move(event: KeyboardEvent<HTMLDivElement>): void {
  const step = STEPS[event.key]
  const from = (event.target as HTMLElement).closest<HTMLElement>('[data-arrow-stop]')
  if (step === undefined || from === null) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-arrow-stop]')]
  const next = stops[stops.indexOf(from) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
