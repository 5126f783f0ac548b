import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { type ButtonKind, buttonLook } from './buttonLook.ts'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  kind?: ButtonKind
  className?: string
}

/** `isPending` keeps the focus and tells assistive technology, where `isDisabled` would drop both. */
export function Button({ kind = 'primary', className, ...props }: ButtonProps) {
  return <AriaButton {...props} className={buttonLook(kind, className)} />
}
