import type { ImportSettings } from '#server/exchange/importJobs.ts'

/** What the page of an import says of its files; the server checks the meanings. */
export function readSettings(form: FormData): ImportSettings {
  const meanings = form.getAll('meaning').map(String)
  const columns = form.getAll('header').map((header, index) => [String(header), meanings[index] || null] as const)
  const text = (name: string) => String(form.get(name) ?? '').trim() || null
  return { facilityId: text('facilityId'), system: text('system'), columns: Object.fromEntries(columns) as ImportSettings['columns'] }
}

/** Files by the names that people gave them: the server numbers them. */
export function fileNames(files: readonly string[]): string {
  return files.map(ownName).join(', ')
}

export function ownName(file: string): string {
  return file.replace(/^\d+-/, '')
}
