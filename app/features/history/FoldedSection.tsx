import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#app/ui/Button.tsx'

export interface FoldedSectionProps {
  title: string
  show: string
  hide: string
  children: ReactNode
}

/** Folded until somebody asks, and not asked of the server before. */
export function FoldedSection({ title, show, hide, children }: FoldedSectionProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl font-bold">{title}</h2>
        <Button kind="secondary" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? hide : show}
          <ChevronDown aria-hidden="true" className={`size-5 ${isOpen ? 'rotate-180' : ''}`} />
        </Button>
      </div>
      {isOpen && children}
    </section>
  )
}
