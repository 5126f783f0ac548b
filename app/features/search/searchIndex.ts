import { type ClientFields, fullName } from '#domain/clients/client.ts'
import { type Column, columnOf } from './column.ts'
import { compact, digitsOf, searchWords } from './searchWords.ts'

export interface Searchable extends Pick<ClientFields, 'givenName' | 'middleName' | 'familyName' | 'phone' | 'nationalId'> {
  id: string
}

/** Names by word, so that a query looks at the few thousand different words and not at every client. */
export interface SearchIndex<T extends Searchable> {
  /** In the order of names. */
  clients: readonly T[]
  /** Sorted. */
  words: readonly string[]
  /** Positions in `clients` of those who have the word. */
  holders: ReadonlyMap<string, readonly number[]>
  phones: Column
  nationalIds: Column
  numbers: Column
}

/** How well each client fits, by position; 0 when not at all. */
export type Scores = Uint8Array

export function buildIndex<T extends Searchable>(records: readonly T[]): SearchIndex<T> {
  const forms = records.map((client) => ({ client, form: formOf(client) })).sort((a, b) => compare(a.form.name, b.form.name))
  const holders = holdersByWord(forms.map(({ form }) => form.words))
  return {
    clients: forms.map(({ client }) => client),
    words: [...holders.keys()].sort(),
    holders,
    phones: columnOf(forms.map(({ form }) => form.phone)),
    nationalIds: columnOf(forms.map(({ form }) => form.nationalId)),
    numbers: columnOf(forms.map(({ client }) => client.id)),
  }
}

function holdersByWord(names: readonly (readonly string[])[]): Map<string, number[]> {
  const holders = new Map<string, number[]>()
  names.forEach((words, position) => {
    for (const word of new Set(words)) {
      const list = holders.get(word)
      if (list === undefined) holders.set(word, [position])
      else list.push(position)
    }
  })
  return holders
}

interface Form {
  words: readonly string[]
  name: string
  phone: string
  nationalId: string
}

/** Folding is most of the work, and a record that has not changed is the same object. */
const known = new WeakMap<Searchable, Form>()

function formOf(client: Searchable): Form {
  const before = known.get(client)
  if (before !== undefined) return before
  const words = searchWords(fullName(client))
  const form = { words, name: words.join(' '), phone: digitsOf(client.phone ?? ''), nationalId: compact(client.nationalId ?? '') }
  known.set(client, form)
  return form
}

/** By code, not by the language's rules: those take 30 times as long, and the words are folded already. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
