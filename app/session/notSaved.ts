import { ChangeTooLong } from '#app/data/problems.ts'

/** Why something could not be saved on this device: the key of its words. */
export function notSaved(error: unknown): 'clients.notSaved' | 'clients.tooLong' {
  return error instanceof ChangeTooLong ? 'clients.tooLong' : 'clients.notSaved'
}
