import { dayOf } from '#domain/calendar.ts'
import type { ChosenColumns } from './columns.ts'
import { csvPeople } from './csvPeople.ts'
import { fhirPeople, gatherIllnesses } from './fhirPeople.ts'
import type { Read } from './person.ts'
import { fileSize, readText } from './textFile.ts'

export interface Reading {
  files: readonly string[]
  system: string | null
  /** UTC ms */
  at: number
  timeZone: string
  columns?: ChosenColumns | undefined
  /** Bytes read of all files together. */
  onBytes: (bytes: number) => void
}

/** Everybody in the files, one after the other; never more than a few in memory. Throws `StartProblem` for a file that cannot be read. */
export async function* readPeople({ files, system, at, timeZone, columns, onBytes }: Reading): AsyncGenerator<Read> {
  const today = dayOf(at, timeZone)
  const fhir = await fhirFiles(files)
  const illnesses = await gatherIllnesses([...fhir])
  let before = 0
  for (const file of files) {
    const told = (bytes: number) => onBytes(before + bytes)
    if (fhir.has(file)) yield* fhirPeople({ file, illnesses, today, timeZone, onBytes: told })
    else yield* csvPeople(readText(file, told), { file, today, system, columns })
    before += await fileSize(file)
  }
}

/** By what is in them: a JSON text starts with a brace. */
export async function fhirFiles(files: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const file of files) {
    await fileSize(file)
    for await (const piece of readText(file)) {
      if (piece.trim() === '') continue
      if (/^[\s\uFEFF]*[{[]/.test(piece)) found.add(file)
      break
    }
  }
  return found
}
