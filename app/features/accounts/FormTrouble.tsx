import type { ReactNode } from 'react'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TryLater } from './TryLater.tsx'

export interface FormTroubleProps {
  mistakes: Mistakes | undefined
  wait: number | undefined
  /** The form, which asks for the words at each of its fields. */
  children: (of: (field: string) => string | undefined) => ReactNode
}

/** What stands above a form that was refused. */
export function FormTrouble({ mistakes, wait, children }: FormTroubleProps) {
  const { summary, of } = useMistakes(mistakes)
  return (
    <>
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      {children(of)}
    </>
  )
}
