import { isPlainDate } from '#domain/scalars.ts'

/** A birth date as somebody wrote it. `day` is null when no such day can be. */
export interface ReadDate {
  day: string | null
  estimated: boolean
  /** Day and month could be the other way round: read as day/month. */
  ambiguous: boolean
}

const FIRST = '1880-01-01'
const TIME = /[T ]\d{2}:\d{2}.*$/

/** YYYYMMDD, YYYY-MM-DD, DD/MM/YYYY, and a year or month alone, which become its middle. @param today 'YYYY-MM-DD' */
export function readBirthDate(text: string, today: string): ReadDate {
  const plain = text.trim().replace(TIME, '')
  const read = wholeDate(plain) ?? partOfDate(plain, today)
  const possible = read !== null && isPlainDate(read.day) && read.day >= FIRST && read.day <= today
  if (!possible) return { day: null, estimated: false, ambiguous: false }
  return { estimated: false, ambiguous: false, ...read }
}

type Found = { day: string } & Partial<ReadDate>

function wholeDate(text: string): Found | null {
  const yearFirst = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/.exec(text)
  if (yearFirst) return { day: `${yearFirst[1]}-${yearFirst[3]}-${yearFirst[4]}` }
  const dayFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text)
  if (!dayFirst) return null
  const [, day = '', , month = '', year] = dayFirst
  return { day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, ambiguous: Number(day) <= 12 && Number(day) !== Number(month) }
}

function partOfDate(text: string, today: string): Found | null {
  const part = /^(\d{4})(?:-(\d{2}))?$/.exec(text)
  if (!part) return null
  const [, year, month] = part
  const [middle, start] = month === undefined ? [`${year}-07-01`, `${year}-01-01`] : [`${year}-${month}-15`, `${year}-${month}-01`]
  return { day: middle <= today ? middle : start, estimated: true }
}
