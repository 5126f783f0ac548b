import { vi } from 'vitest'

/** A busy machine is no defect: what a test waits for has as long as the test itself, nearly. vitest gives it one second. */
const WAIT_MS = 30_000

const { waitFor } = vi
vi.waitFor = (work, options) => waitFor(work, typeof options === 'number' ? options : { timeout: WAIT_MS, ...options })
