import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { Person } from '#domain/clients/matchKeys.ts'
import { isPlainDate } from '#domain/scalars.ts'
import { seeded } from '#server/exchange/seeded.ts'
import { conclude, exactlyAtLeast, machine, say, type Verdict } from '../figures.ts'
import { type Accuracy, measure } from './measure.ts'
import { type Registered, register } from './people.ts'

/** `npm run bench:duplicates [-- febrl.csv]`: how many of those who are one person are found, and how many are taken for one by mistake. */

/** Issue 5, of the people of FEBRL; those that are generated here have more wrong with them, and their own figures. */
const LEAST = { recall: 0.97, precision: 0.99 }
const verdicts: Verdict[] = []

const [febrlFile] = process.argv.slice(2)
say(machine())
for (const seed of [1, 2, 3]) print(`generated, seed ${seed}`, measure(register(10_000, seeded(seed).next)), false)
if (febrlFile) {
  const people = readFebrl(febrlFile)
  print('febrl', measure(people))
  print('febrl without ids', measure(people.map((one) => ({ ...one, person: { ...one.person, nationalId: null } }))), false)
}
say('')
conclude(verdicts)

/** @param judged what nobody has promised is printed only */
function print(name: string, accuracy: Accuracy, judged = true): void {
  const { people, truePairs, precision, recall, millisecondsEach, missed, mistaken } = accuracy
  if (judged) {
    verdicts.push(exactlyAtLeast(`${name}: recall`, recall, LEAST.recall))
    verdicts.push(exactlyAtLeast(`${name}: precision`, precision, LEAST.precision))
  }
  const figures = `precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  ${millisecondsEach.toFixed(3)} ms each`
  process.stdout.write(`${name}: ${people} people, ${truePairs} pairs  ${figures}  missed ${missed.length}  mistaken ${mistaken.length}\n`)
  if (process.env.SHOW)
    for (const [kind, pairs] of [
      ['missed', missed],
      ['mistaken', mistaken],
    ] as const) {
      for (const pair of pairs.slice(0, 8))
        process.stdout.write(`  ${kind} ${pair.map(({ person }) => JSON.stringify(Object.values(person))).join('\n     ')}\n`)
    }
}

function readFebrl(file: string): Registered[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
    transformHeader: (name) => name.trim(),
    transform: (value) => value.trim(),
  })
  return data.map((row) => ({ id: row.rec_id ?? '', who: Number(row.rec_id?.split('-')[1]), person: febrlPerson(row) }))
}

function febrlPerson(row: Record<string, string>): Person {
  const born = /^(\d{4})(\d{2})(\d{2})$/
    .exec(row.date_of_birth ?? '')
    ?.slice(1)
    .join('-')
  const known = born && isPlainDate(born)
  const address = ['street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state']
    .map((name) => row[name])
    .filter(Boolean)
    .join(' ')
  return {
    givenName: row.given_name || null,
    middleName: null,
    familyName: row.surname || null,
    sex: 'unknown',
    bornOn: known ? born : null,
    bornOnEstimated: false,
    phone: null,
    email: null,
    address: address || null,
    nationalId: row.soc_sec_id || null,
  }
}
