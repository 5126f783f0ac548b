import { z } from 'zod'
import { EXPORT_KINDS, EXPORT_REASONS, type ExportKind, type ExportReason } from '#domain/exchange.ts'

const shape = z.object({ kind: z.enum(EXPORT_KINDS), reason: z.enum(EXPORT_REASONS), facility: z.string().max(40).default('') })

export interface ReadExport {
  kind: ExportKind
  reason: ExportReason
  facilities: readonly string[]
}

/**
 * @param own facilities of whoever asks; another one is as none
 * @returns null when there is no reason, or nothing that could be exported
 */
export function readExport(form: FormData, own: readonly string[]): ReadExport | null {
  const read = shape.safeParse(Object.fromEntries(form))
  if (!read.success) return null
  const { kind, reason, facility } = read.data
  const facilities = facility === '' ? own : own.filter((id) => id === facility)
  return facilities.length === 0 ? null : { kind, reason, facilities }
}
