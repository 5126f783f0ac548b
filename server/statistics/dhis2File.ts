import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '#domain/problem.ts'
import { type Dhis2Mapping, dhis2Mapping } from '#domain/statistics/dhis2.ts'

/** The operator's file in the data folder. */
export const DHIS2_FILE = 'dhis2.json'

/** Null without a file. Throws `Refusal`: invalid, with the place in the file. */
export async function readDhis2Mapping(dataDir: string): Promise<Dhis2Mapping | null> {
  const text = await readFile(join(dataDir, DHIS2_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    refuse('invalid', `${DHIS2_FILE} is not JSON`)
  }
  const read = dhis2Mapping.safeParse(raw)
  if (read.success) return read.data
  const [issue] = read.error.issues
  return refuse('invalid', `${DHIS2_FILE}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`)
}
