import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  title: string
  children?: ReactNode
  /** The next thing to do. */
  action?: ReactNode
  Icon?: LucideIcon
}

export function EmptyState({ title, children, action, Icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-dashed border-line-strong bg-surface px-6 py-12 text-center">
      {Icon !== undefined && (
        <span className="grid size-14 place-items-center rounded-full bg-primary-soft text-primary">
          <Icon aria-hidden="true" className="size-7" />
        </span>
      )}
      <p className="text-lg font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-ink-soft">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  )
}
