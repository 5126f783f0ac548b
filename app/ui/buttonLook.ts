export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

const LOOKS: Record<ButtonKind, string> = {
  primary: 'bg-primary text-on-primary hover:bg-primary-hover border-transparent',
  secondary: 'bg-surface text-primary border-line-strong hover:bg-primary-soft',
  quiet: 'bg-transparent text-primary border-transparent hover:bg-primary-soft',
  danger: 'bg-surface text-danger border-danger hover:bg-danger-soft',
}

/** Buttons and links that act as buttons look alike. */
export function buttonLook(kind: ButtonKind, className = ''): string {
  return `inline-flex min-h-12 min-w-12 cursor-pointer items-center justify-center gap-2 rounded-lg border px-5 py-2 text-center font-semibold no-underline transition-colors motion-reduce:transition-none aria-disabled:cursor-default aria-disabled:opacity-60 data-[disabled]:cursor-default data-[disabled]:opacity-60 ${LOOKS[kind]} ${className}`
}
