import { useEffect, useRef } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { type ButtonKind, buttonLook } from './buttonLook.ts'
import { dropStaleAnnouncements } from './staleAnnouncements.ts'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  kind?: ButtonKind
  className?: string
}

/** `isPending` keeps the focus and tells assistive technology, where `isDisabled` would drop both. */
export function Button({ kind = 'primary', className, ...props }: ButtonProps) {
  useLeavingNothingSaid(props.isPending === true)
  return <AriaButton {...props} className={buttonLook(kind, className)} />
}

/** Milliseconds that the very first announcement of a page waits (react-aria, LiveAnnouncer): it can come after its button. */
const FIRST_ANNOUNCEMENT = 100

/** A button that was pending has been announced by its id. Once it is gone, that goes too. */
function useLeavingNothingSaid(isPending: boolean): void {
  const wasPending = useRef(false)
  wasPending.current ||= isPending
  useEffect(
    () => () => {
      if (!wasPending.current) return
      requestAnimationFrame(dropStaleAnnouncements)
      setTimeout(dropStaleAnnouncements, FIRST_ANNOUNCEMENT)
    },
    [],
  )
}
