import { Link, type LinkProps } from '@remix-run/react'
import { type ButtonKind, buttonLook } from './buttonLook.ts'

export interface LinkButtonProps extends Omit<LinkProps, 'className' | 'style'> {
  kind?: ButtonKind
  className?: string
}

export function LinkButton({ kind = 'primary', className, ...props }: LinkButtonProps) {
  return <Link {...props} className={buttonLook(kind, className)} />
}
