import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  title: string
  /** It is all there is on the page: the title is the page's. */
  isPage?: boolean
  children?: ReactNode
  /** The next thing to do. */
  action?: ReactNode
  Icon?: LucideIcon
}

export function EmptyState({ title, children, action, Icon, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-dashed border-line-strong bg-surface px-6 py-12 text-center">
      {Icon !== undefined && (
        <span className="grid size-14 place-items-center rounded-full bg-primary-soft text-primary">
          <Icon aria-hidden="true" className="size-7" />
        </span>
      )}
      <Title className="text-lg font-semibold">{title}</Title>
      {children !== undefined && <div className="max-w-prose text-ink-soft">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  )
}
