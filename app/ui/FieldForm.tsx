import type { ReactNode } from 'react'

export interface FieldFormProps {
  onSubmit: () => void
  children: ReactNode
}

/** A form that stays on its page: our own words for every mistake, and nothing filled in by the browser. */
export function FieldForm({ onSubmit, children }: FieldFormProps) {
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
