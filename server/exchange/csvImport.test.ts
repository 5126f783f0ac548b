import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collections } from '#domain/collections.ts'
import { type Clinic, openClinic } from './exchange.fixture.ts'
import { importCommand } from './importCommand.ts'
import { changeOf } from './takePerson.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

const HEADER = 'rec_id, given_name, surname, date_of_birth, phone, address_1, suburb\n'
const AMINA = 'r1, Amina, Odhiambo, 19900304, 0700000001, Main street, Siaya\n'

interface Client {
  id: string
  givenName: string | null
  familyName: string | null
  bornOn: string | null
  phone: string | null
  address: string | null
  notes: string | null
}
const clients = () => clinic.rows<Client>('SELECT * FROM "Client" ORDER BY seq')

describe('import of a CSV file', () => {
  it('takes people over with history, audit and counters', async () => {
    const summary = await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    expect(summary).toMatchObject({ people: 1, created: 1, rejected: 0, lines: [] })
    expect(await clients()).toMatchObject([
      { givenName: 'Amina', familyName: 'Odhiambo', bornOn: '1990-03-04', phone: '0700000001', address: 'Main street Siaya' },
    ])
    expect(await clinic.rows(`SELECT value FROM "Counter" WHERE key = 'clients|main'`)).toEqual([{ value: 1 }])
    expect(await clinic.rows(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'record.changed'`)).toEqual([{ n: 1 }])
    expect(await clinic.rows(`SELECT "to" FROM "Change" WHERE field = 'givenName'`)).toEqual([{ to: '"Amina"' }])
  })

  it('changes nothing the second time, also from another folder and with another delimiter', async () => {
    await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    const before = await clinic.services.records.head()
    const again = await clinic.import(clinic.file('b.csv', (HEADER + AMINA).replaceAll(', ', ';')))
    expect(again).toMatchObject({ people: 1, created: 0, updated: 0, unchanged: 1 })
    expect(await clinic.services.records.head()).toEqual(before)
  })

  it('updates a changed row through the merge', async () => {
    await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    const changed = AMINA.replace('0700000001', '0700000002')
    expect(await clinic.import(clinic.file('a.csv', HEADER + changed))).toMatchObject({ updated: 1, conflicts: 0 })
    expect(await clients()).toMatchObject([{ phone: '0700000002' }])
  })

  it('does not overwrite in silence what a doctor changed later', async () => {
    await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    const [client] = await clients()
    await doctorEdits(client?.id ?? '', 'bornOn', '1990-03-04', '1990-03-05')
    await doctorEdits(client?.id ?? '', 'phone', '0700000001', '0700000009')
    const other = await clinic.import(clinic.file('a.csv', HEADER + AMINA.replace('Amina', 'Aminah')))
    expect(other).toMatchObject({ updated: 1, conflicts: 0 })
    expect(await clients()).toMatchObject([{ givenName: 'Aminah', bornOn: '1990-03-05', phone: '0700000009' }])
    const same = await clinic.import(clinic.file('a.csv', HEADER + AMINA.replace('19900304', '19910304')))
    expect(same).toMatchObject({ updated: 1, conflicts: 1 })
    expect(await clients()).toMatchObject([{ bornOn: '1990-03-05' }])
    expect(await clinic.rows(`SELECT state FROM "Issue" WHERE kind = 'conflict'`)).toEqual([{ state: 'open' }])
  })

  it('rejects only rows without a name, with their line', async () => {
    const file = clinic.file(
      'a.csv',
      `${HEADER}\nr1,Amina,,,,,\nr2,,,19900101,,,\nr3,"Two\nlines",Juma,,,,\nr4,"open,Juma,,,,\nr5,Neema,Juma,,,,\n`,
    )
    const { lines, ...summary } = await clinic.import(file)
    expect(summary).toMatchObject({ people: 5, created: 3, rejected: 2 })
    expect(lines).toEqual([
      { kind: 'rejected', place: { file, line: 4 }, text: 'it has no name' },
      { kind: 'rejected', place: { file, line: 7 }, text: 'a quotation mark is opened and not closed' },
    ])
    expect(await clients()).toMatchObject([{ familyName: null }, { givenName: 'Two lines' }, { givenName: 'Neema' }])
  })

  it('keeps what does not fit in the notes and says so', async () => {
    const { lines, warnings } = await clinic.import(
      clinic.file('a.csv', 'first name,dob,e-mail,gender,colour\nAmina,19371233,at home,fem,red\n'),
    )
    expect(warnings).toBe(3)
    expect(lines[0]).toMatchObject({ kind: 'note', text: 'columns that were not taken over: colour' })
    const [client] = await clients()
    expect(client).toMatchObject({ bornOn: null, notes: 'Imported e-mail: at home\nImported birth date: 19371233\nImported sex: fem' })
  })

  it.each<[string, BufferEncoding, number[]]>([
    ['UTF-8 with a mark', 'utf8', [0xef, 0xbb, 0xbf]],
    ['UTF-16', 'utf16le', [0xff, 0xfe]],
    ['UTF-16 without a mark', 'utf16le', []],
    ['Latin-1', 'latin1', []],
  ])('reads %s', async (_, encoding, mark) => {
    const bytes = Buffer.concat([Buffer.from(mark), Buffer.from('Vorname;first name;surname\r\nx;José;Núñez\r\n', encoding)])
    await clinic.import(clinic.file('a.csv', bytes))
    expect(await clients()).toMatchObject([{ givenName: 'José', familyName: 'Núñez' }])
  })

  it('knows our own client number again', async () => {
    await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    const [client] = await clients()
    const summary = await clinic.import(clinic.file('own.csv', `id,givenName,familyName,notes,seq\n${client?.id},Amina,Odhiambo,Seen,7\n`))
    expect(summary).toMatchObject({ created: 0, updated: 1, conflicts: 0 })
    expect(await clients()).toMatchObject([{ notes: 'Seen' }])
  })

  it('does not write one person over another of the same number', async () => {
    await clinic.import(clinic.file('a.csv', HEADER + AMINA))
    const { rejected } = await clinic.import(clinic.file('b.csv', `${HEADER}r1,Peter,Mushi,19550101,,,\n`))
    expect(rejected).toBe(1)
    expect(await clients()).toMatchObject([{ givenName: 'Amina' }])
  })

  it('opens one issue for a pair, also within one file, and joins nobody', async () => {
    const again = AMINA.replace('r1', 'r2').replace('Amina', 'Aminah')
    expect(await clinic.import(clinic.file('a.csv', HEADER + AMINA + again))).toMatchObject({ created: 2, possibleDuplicates: 1 })
    expect(await clinic.import(clinic.file('a.csv', HEADER + AMINA + again.replace('Siaya', 'Bondo')))).toMatchObject({
      updated: 1,
      possibleDuplicates: 0,
    })
    const [first, second] = await clients()
    const ids = [first?.id ?? '', second?.id ?? ''].sort()
    expect(await clinic.rows('SELECT id, state, kind FROM "Issue"')).toEqual([
      { id: `duplicate.${ids.join('.')}`, state: 'open', kind: 'possible-duplicate' },
    ])
  })

  it('leaves nothing behind in a trial', async () => {
    const file = clinic.file('a.csv', HEADER + AMINA)
    await importCommand(clinic.services, clinic.config, [file, '--dry-run', '--json'])
    expect(await clients()).toEqual([])
  })

  it('says which facilities there are when it has to be told', async () => {
    for (const name of ['Hilltop', 'Harbour']) await clinic.services.records.createFacility({ name, code: null }, { accountId: 'x' })
    const file = clinic.file('a.csv', HEADER + AMINA)
    await expect(importCommand(clinic.services, clinic.config, [file])).rejects.toThrow(/--facility and one of Harbour \(f-\w+\), Hilltop/)
    await importCommand(clinic.services, clinic.config, [file, '--facility', 'hilltop', '--json'])
    expect(await clients()).toHaveLength(1)
    expect(await clinic.rows(`SELECT outcome FROM "AuditEvent" WHERE action = 'exchange.import'`)).toEqual([{ outcome: 'success' }])
  })

  it.each([
    ['nothing.csv', null],
    ['empty.csv', ''],
    ['list.csv', 'colour,size\nred,2\n'],
    ['x.json', '{"a":'],
  ])('cannot read %s', async (name, content) => {
    const file = content === null ? `/nowhere/${name}` : clinic.file(name, content)
    await expect(clinic.import(file)).rejects.toThrow(file)
  })
})

async function doctorEdits(recordId: string, field: string, from: string, to: string): Promise<void> {
  const author = { accountId: 'doctor', deviceId: 'doctors-tablet', facilities: 'all' } as const
  const change = changeOf(
    { collection: collections.clients.name, recordId, op: 'edit', fields: { [field]: { from, to } } },
    0,
    author,
    Date.now(),
  )
  const [result] = await clinic.services.records.apply(author, [change])
  expect(result?.outcome).not.toBe('rejected')
}
