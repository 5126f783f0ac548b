import { z } from 'zod'

/** How much each account of this tablet has unsent, outside the databases, so that it is known without opening them (rule O13). */
const KEY = 'hims.unsent'
const counts = z.record(z.string(), z.object({ name: z.string(), count: z.number().int().nonnegative() }))
export type UnsentCounts = z.infer<typeof counts>

/** What cannot be read counts as nothing: the numbers are for people to see, the changes are in the databases. */
export function readUnsentCounts(): UnsentCounts {
  try {
    return counts.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

export function noteUnsent(account: { id: string; name: string }, count: number): void {
  const known = readUnsentCounts()
  const { [account.id]: before, ...others } = known
  if (before?.count === count && before.name === account.name) return
  const next = count === 0 ? others : { ...others, [account.id]: { name: account.name, count } }
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // The number is for people to see; the change itself is saved elsewhere.
  }
}
