import { ChevronDown, Clock, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'

export interface FrameProps {
  /** Whom it is about, in a list of many. */
  subject?: ReactNode
  startsOpen?: boolean
}

export interface IssueFrameProps extends FrameProps {
  title: string
  tone?: 'warn' | 'calm'
  children: ReactNode
  actions?: ReactNode
}

const LOOKS = {
  warn: { look: 'border-warn bg-warn-soft', words: 'text-warn', Icon: TriangleAlert },
  calm: { look: 'border-line bg-sunken', words: 'text-ink', Icon: Clock },
}

/** An open question, folded to one line or open, on the record or in the list. It never stands in the way of a visit. */
export function IssueFrame({ subject, startsOpen = true, title, tone = 'warn', children, actions }: IssueFrameProps) {
  const [isOpen, setOpen] = useState(startsOpen)
  const { look, words, Icon } = LOOKS[tone]
  // A list of many is calm; alone on a record it is to be seen.
  const ground = subject === undefined ? look : 'border-line bg-surface'
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className={`group rounded-lg border ${ground}`}>
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-3 rounded-lg px-4 py-3 [&::-webkit-details-marker]:hidden">
        <Icon aria-hidden="true" className={`size-6 shrink-0 ${words}`} />
        <span className="min-w-0 flex-1 break-words">
          {subject}
          <span className={`block font-semibold ${words}`}>{title}</span>
        </span>
        <ChevronDown aria-hidden="true" className="size-5 shrink-0 text-ink-soft group-open:rotate-180" />
      </summary>
      {isOpen && (
        <div className="flex flex-col gap-4 px-4 pb-4">
          {children}
          {actions !== undefined && <div className="flex flex-wrap gap-3">{actions}</div>}
        </div>
      )}
    </details>
  )
}
