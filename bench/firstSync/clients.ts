import { clientRules, SEXES } from '#domain/clients/client.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { collections, fieldsOf } from '#domain/collections.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { seeded } from '#server/exchange/seeded.ts'

const SEED = 658
const DAY_MS = 86_400_000
const GIVEN = ['Amina', 'Baraka', 'Chausiku', 'Daudi', 'Esther', 'Faraji', 'Grace', 'Hamisi', 'Imani', 'Juma', 'Khadija', 'Lulu']
const FAMILY = ['Otieno', 'Mwangi', 'Njoroge', 'Wanjiku', 'Achieng', 'Kamau', 'Mutua', 'Chebet', 'Kiprop', 'Hassan', 'Omondi', 'Nyambura']
const WORDS =
  'came with a cough for two weeks prefers visits in the morning lives near the market brings her sister asks for large print'.split(' ')

/** Invented people, about 658 bytes each as pull sends them: the size that docs/design's figures were taken with. */
export function inventClients(count: number, facilityId: string, firstSeq: number, accountId: string): StoredRecord[] {
  const { between, bytes, digits, happens, pick } = seeded(SEED)
  const sentence = (words: number) => Array.from({ length: words }, () => pick(WORDS)).join(' ')
  return Array.from({ length: count }, (_, index) => {
    const [givenName, middleName, familyName] = [pick(GIVEN), pick(GIVEN), pick(FAMILY)]
    const fields = fieldsOf(collections.clients, {
      givenName,
      middleName,
      familyName,
      sex: pick(SEXES),
      bornOn: `${between(1930, 2020)}-0${between(1, 9)}-${between(10, 28)}`,
      bornOnEstimated: happens(0.3),
      phone: `+2547${digits(8)}`,
      email: `${givenName}.${familyName}.${index}@example.org`.toLowerCase(),
      address: `${between(1, 400)} ${pick(FAMILY)} Road, ${pick(FAMILY)} Estate, Block ${between(1, 40)}`,
      nationalId: digits(8),
      notes: sentence(29),
      shareWithPartners: true,
      facilityId,
    })
    const at = Date.UTC(2025, 0, 1) + between(0, 364) * DAY_MS
    const id = clientNumber(bytes(12))
    if (index === 0) clientRules.parse(fields)
    return { id, seq: firstSeq + index, createdAt: at, createdBy: accountId, updatedAt: at, updatedBy: accountId, deleted: false, fields }
  })
}
