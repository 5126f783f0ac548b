import { pino } from 'pino'

/** Lines of JSON on standard output: ids and codes, never names, phones, free text or tokens. */
export function createLogger(level: 'info' | 'warn' | 'silent' = 'info') {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

export type Logger = ReturnType<typeof createLogger>
