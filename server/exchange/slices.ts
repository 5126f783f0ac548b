import { setTimeout as sleep } from 'node:timers/promises'
import { collections } from '#domain/collections.ts'
import type { Batch, StagedRecord } from '#server/sync/batch.ts'
import type { Records } from '#server/sync/records.ts'
import type { Person, Read } from './person.ts'
import { emptySummary, type Line, type Summary } from './summary.ts'
import { NotTaken, type Taken, takePerson } from './takePerson.ts'

/** Longest time that tablets wait behind the import. */
const SLICE_MS = 20
/** Longer than another process waits between two tries for the database (server/database/sqlite.ts), or it might never get in. */
const PAUSE_MS = 6
/** A person costs about a millisecond; a slow disk's commit costs the same for one as for ten, so fewer would only cost more commits. */
const LEAST_IN_A_SLICE = 10
const MOST_IN_A_SLICE = 200

/** Takes people in transactions that are small enough for the tablets' pushes to pass between them. */
export async function takePeople(
  records: Records,
  people: AsyncIterable<Read>,
  facilityId: string,
  onLine: (line: Line) => void,
  onPeople: (people: number) => void,
): Promise<Summary> {
  const summary = emptySummary()
  let waiting: Person[] = []
  let size = LEAST_IN_A_SLICE
  const take = async () => {
    const began = performance.now()
    await takeSlice(records, waiting, facilityId, summary, onLine)
    const took = performance.now() - began
    size = Math.max(LEAST_IN_A_SLICE, Math.min(MOST_IN_A_SLICE, Math.floor((waiting.length * SLICE_MS * 0.7) / took), size * 2))
    waiting = []
    onPeople(summary.people)
    await sleep(PAUSE_MS)
  }
  for await (const read of people) {
    if (read.kind === 'person') waiting.push(read)
    else note(read, summary, onLine)
    if (waiting.length >= size) await take()
  }
  if (waiting.length > 0) await take()
  return summary
}

function note(read: Exclude<Read, Person>, summary: Summary, onLine: (line: Line) => void): void {
  if (read.kind === 'note') {
    onLine({ kind: 'note', file: read.file, text: read.note })
    return
  }
  summary.people += 1
  summary.rejected += 1
  onLine({ kind: 'rejected', place: read.place, text: read.reason })
}

type Result = Taken | NotTaken

/** Counts and tells only after the commit. */
async function takeSlice(
  records: Records,
  people: readonly Person[],
  facilityId: string,
  summary: Summary,
  onLine: (line: Line) => void,
): Promise<void> {
  let slice: Batch | undefined
  const results = await records.inBatch(async (batch) => {
    slice = batch
    const all: Result[] = []
    for (const person of people) {
      const erased = await records.wasErased(batch, person)
      all.push(erased ? new NotTaken('this person was erased here, and does not come back') : await takeOrNot(batch, person, facilityId))
    }
    return all
  })
  for (const [index, person] of people.entries()) count(person, results[index] as Result, summary, onLine)
  summary.possibleDuplicates += [...(slice?.records.values() ?? [])].filter(isPossibleDuplicate).length
}

function takeOrNot(batch: Batch, person: Person, facilityId: string): Promise<Result> {
  return batch
    .attempt(() => takePerson(batch, person, facilityId))
    .catch((error) => {
      if (error instanceof NotTaken) return error
      throw error
    })
}

function count(person: Person, result: Result, summary: Summary, onLine: (line: Line) => void): void {
  const { place } = person
  summary.people += 1
  if (result instanceof NotTaken) {
    summary.rejected += 1
    onLine({ kind: 'rejected', place, text: result.message })
    return
  }
  summary[result.outcome] += 1
  summary.conflicts += result.conflicts
  summary.enrolled += result.enrolled
  if (result.outcome === 'unchanged') return
  summary.warnings += person.warnings.length
  for (const text of person.warnings) onLine({ kind: 'warning', place, text })
}

function isPossibleDuplicate({ collection, before, after }: StagedRecord): boolean {
  return (
    collection === collections.issues &&
    before === null &&
    after.fields.kind === 'possible-duplicate' &&
    after.fields.collection === 'clients'
  )
}
