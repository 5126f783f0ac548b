/**
 * The newer of two witnesses: they begin with the number of the audit event they stand for, and are the server's to read.
 * Of different epochs the later one told stands.
 */
export function newerWitness(known: string | null, told: string | null): string | null {
  if (known === null || told === null) return told ?? known
  return epochOf(known) === epochOf(told) && numberOf(known) > numberOf(told) ? known : told
}

function numberOf(witness: string): number {
  return Number(witness.split('.')[0])
}

function epochOf(witness: string): string | undefined {
  return witness.split('.')[2]
}
