import type { InputHTMLAttributes, ReactNode } from 'react'
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components'
import { FieldProblem, labelLook } from './FieldFrame.tsx'

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'inputMode'> {
  label: string
  hint?: ReactNode
  /** Our own words; the browser's never show. '' marks the field when the words stand beside its group. */
  error?: string | undefined
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode']
  className?: string
  /** For numbers, codes and one-time words: figures of equal width. */
  figures?: boolean
  maxLength?: number
}

/** The id is the input's, so that an error summary can link to it. */
export function TextField({ label, hint, error, className = '', figures = false, ...props }: TextFieldProps) {
  return (
    <Frame label={label} hint={hint} error={error} className={className} {...props}>
      <Input
        dir={figures || readsLeftToRight(props) ? 'ltr' : undefined}
        className={`control rtl:text-right ${figures ? 'font-mono tabular-nums' : ''}`}
      />
    </Frame>
  )
}

/** Phone numbers and addresses keep their order also between Arabic words. */
function readsLeftToRight({ type, inputMode }: Pick<TextFieldProps, 'type' | 'inputMode'>): boolean {
  return type === 'tel' || type === 'email' || inputMode === 'email' || inputMode === 'numeric'
}

export interface TextAreaProps extends Omit<TextFieldProps, 'figures' | 'type'> {
  rows?: number
}

export function TextArea({ label, hint, error, className = '', rows = 4, ...props }: TextAreaProps) {
  return (
    <Frame label={label} hint={hint} error={error} className={className} {...props}>
      <AriaTextArea rows={rows} className="control" />
    </Frame>
  )
}

function Frame({ label, hint, error, className, children, ...props }: Omit<TextFieldProps, 'figures'> & { children: ReactNode }) {
  return (
    <AriaTextField {...props} isInvalid={error !== undefined} validationBehavior="aria" className={`flex flex-col gap-1.5 ${className}`}>
      <Label className={labelLook}>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="block text-sm text-ink-soft">
          {hint}
        </Text>
      )}
      {children}
      <FieldError>{error !== '' && <FieldProblem>{error}</FieldProblem>}</FieldError>
    </AriaTextField>
  )
}
