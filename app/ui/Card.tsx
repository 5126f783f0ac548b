import type { ReactNode } from 'react'

/** A sheet of paper on the page. */
export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-2xl border border-line bg-surface p-5 tablet:p-6 ${className}`}>{children}</div>
}
