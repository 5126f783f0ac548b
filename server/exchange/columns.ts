import type { TextField } from './values.ts'

/** What a column of a CSV file means to us. */
export type Meaning =
  | TextField
  | 'sex'
  | 'bornOn'
  | 'bornOnEstimated'
  | 'shareWithPartners'
  | 'fullName'
  | 'clientNumber'
  | 'externalId'
  | AddressPart
  | 'ours'
export type AddressPart = (typeof ADDRESS_PARTS)[number]

/** In the order in which they are written on an envelope. */
export const ADDRESS_PARTS = ['streetNumber', 'address1', 'address2', 'suburb', 'city', 'district', 'postcode', 'state', 'country'] as const

/** Spellings without capitals, spaces and signs: `Date of birth`, `date_of_birth` and `DateOfBirth` are one. */
const SPELLINGS: Record<Meaning, string> = {
  givenName: 'givenname firstname forename given first fname jinalakwanza prenom',
  middleName: 'middlename othernames othername secondname middle jinalakati',
  familyName: 'surname familyname lastname family last lname jinalaukoo nom',
  fullName: 'name fullname clientname patientname jina',
  sex: 'sex gender jinsia sexe',
  bornOn: 'bornon dateofbirth dob birthdate birthday born tareheyakuzaliwa datedenaissance',
  bornOnEstimated: 'bornonestimated dobestimated birthdateestimated',
  shareWithPartners: 'sharewithpartners',
  phone: 'phone mobile telephone tel phonenumber mobilenumber mobilephone cell cellphone msisdn simu',
  email: 'email emailaddress mail baruapepe',
  nationalId: 'socsecid nationalid nationalidnumber nationalidno nin nida idnumber idno ssn socialsecuritynumber hudumanumber',
  address: 'address fulladdress residence anwani adresse',
  streetNumber: 'streetnumber housenumber houseno',
  address1: 'address1 addressline1 street streetaddress',
  address2: 'address2 addressline2',
  suburb: 'suburb village ward estate',
  city: 'city town',
  district: 'district county subcounty region',
  postcode: 'postcode postalcode zip zipcode',
  state: 'state province',
  country: 'country',
  notes: 'notes note comments comment remarks remark maelezo',
  facilityId: 'facilityid',
  clientNumber: 'id clientnumber clientno clientid clientnum',
  externalId: 'recid recordid externalid patientid patientno patientnumber mrn hospitalnumber fileno filenumber uuid',
  ours: 'mergedinto seq createdat createdby updatedat updatedby deleted',
}

const MEANINGS = new Map(
  Object.entries(SPELLINGS).flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning as Meaning] as const)),
)

export interface Column {
  index: number
  /** As the file has it, trimmed. */
  header: string
  meaning: Meaning | null
}

/** What a person says that the columns mean, by heading; null: it is not taken over. Others speak for themselves. */
export type ChosenColumns = Readonly<Record<string, Meaning | null>>

export type ChoosableMeaning = Exclude<Meaning, 'ours' | 'facilityId'>

/** What a person may choose from. */
export const CHOOSABLE = Object.keys(SPELLINGS).filter(isChoosable)

function isChoosable(meaning: string): meaning is ChoosableMeaning {
  return meaning !== 'ours' && meaning !== 'facilityId'
}

export function readHeader(cells: readonly string[], chosen: ChosenColumns = {}): Column[] {
  return cells.map((cell, index) => {
    const header = cell.replace(/^\uFEFF/, '').trim()
    const meaning = Object.hasOwn(chosen, header) ? chosen[header] : MEANINGS.get(plain(header))
    return { index, header, meaning: meaning ?? null }
  })
}

/** Two files whose identifiers stand under one heading are of one system. */
export function plain(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const NAMES: readonly Meaning[] = ['givenName', 'middleName', 'familyName', 'fullName']

export function hasNameColumn(columns: readonly Column[]): boolean {
  return columns.some(({ meaning }) => meaning !== null && NAMES.includes(meaning))
}
