import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'calm' | 'good' | 'warn' | 'danger'

const LOOKS: Record<Tone, { look: string; Icon: LucideIcon }> = {
  calm: { look: 'border-line bg-sunken text-ink', Icon: Info },
  good: { look: 'border-good bg-good-soft text-good', Icon: CircleCheck },
  warn: { look: 'border-warn bg-warn-soft text-warn', Icon: TriangleAlert },
  danger: { look: 'border-danger bg-danger-soft text-danger', Icon: CircleAlert },
}

export interface BannerProps {
  tone?: Tone
  title?: string
  children?: ReactNode
  /** A button or link beside the words. */
  action?: ReactNode
}

/** Says something about the page that stays true for a while; what just happened goes to the status region. */
export function Banner({ tone = 'calm', title, children, action }: BannerProps) {
  const { look, Icon } = LOOKS[tone]
  return (
    <div className={`flex flex-wrap items-center gap-3 rounded-lg border px-4 py-3 ${look}`}>
      <Icon aria-hidden="true" className="size-6 shrink-0" />
      <div className="min-w-0 flex-1 basis-48">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children !== undefined && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  )
}
