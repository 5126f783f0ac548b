import type { ReactNode } from 'react'
import type { Tone } from './Banner.tsx'

const DOTS: Record<Tone, string> = {
  calm: 'border-2 border-line-strong bg-transparent',
  good: 'bg-good',
  warn: 'bg-warn',
  danger: 'bg-danger',
}

const WORDS: Record<Tone, string> = { calm: 'text-ink-soft', good: 'text-good', warn: 'text-warn', danger: 'text-danger' }

/** A dot and words: colour alone never says anything. */
export function StatusMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex min-w-0 items-center gap-2 text-sm font-medium ${WORDS[tone]}`}>
      <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-full ${DOTS[tone]}`} />
      {children}
    </span>
  )
}
