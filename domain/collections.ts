import { z } from 'zod'
import { clientFields, clientRules } from './clients/client.ts'
import { isClientNumber } from './clients/number.ts'
import { enrollmentFields, enrollmentId, enrollmentRules } from './enrollments/enrollment.ts'
import { facilityFields } from './facilities/facility.ts'
import { placeOf, roomAt } from './facilities/place.ts'
import { programCode, programFields } from './programs/program.ts'
import { type Fields, instant } from './scalars.ts'
import type { Change } from './sync/change.ts'
import { issueFields } from './sync/issue.ts'

/** THE registry: a record collection is added here and nowhere else. */

export const COLLECTION_NAMES = ['facilities', 'programs', 'clients', 'enrollments', 'issues'] as const
export type CollectionName = (typeof COLLECTION_NAMES)[number]

/** The room of records that every facility sees. */
export const EVERYWHERE = '*'

/** What the server adds to the fields of a record. */
export const recordHeader = z.strictObject({
  id: z.string().min(1).max(80),
  /** The server's sequence number of the record's last change; 0 while it is only on this device. */
  seq: z.number().int().nonnegative(),
  createdAt: instant,
  createdBy: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
})
export type RecordHeader = z.infer<typeof recordHeader>

export interface Collection {
  name: CollectionName
  /** The table of prisma/models.prisma. */
  table: string
  fields: z.ZodObject
  /** The fields' rules over the whole record. */
  rules: z.ZodType
  /** Values of the fields that a create leaves out. */
  absent: Fields
  /** What a device may do; the rest is the server's. */
  writable: readonly Change['op'][]
  /** Fields that no change may name: the server works them out. */
  derived: readonly string[]
  /** Fields that are one fact, and so are merged together. */
  groups: readonly (readonly string[])[]
  /** In a conflict over these the server's value stays; over the others the later to arrive stands. */
  guarded: readonly string[]
  /** Fields that cannot change after the create. */
  fixed: readonly string[]
  parent?: { collection: CollectionName; field: string }
  isId(id: string, fields: Fields): boolean
  /** The room whose tablets hold the record. */
  roomOf(fields: Fields): string
}

const ALL_OPS: readonly Change['op'][] = ['create', 'edit', 'delete', 'restore']
const everywhere = () => EVERYWHERE
const ownPlace = (fields: Fields) => roomAt(placeOf(fields))

export const collections: Record<CollectionName, Collection> = {
  facilities: {
    name: 'facilities',
    table: 'Facility',
    fields: facilityFields,
    rules: facilityFields,
    absent: { code: null, country: null },
    writable: [],
    derived: [],
    groups: [],
    guarded: ['name', 'code', 'country'],
    fixed: [],
    isId: (id) => /^[a-z0-9-]{1,40}$/.test(id),
    roomOf: everywhere,
  },
  programs: {
    name: 'programs',
    table: 'Program',
    fields: programFields,
    rules: programFields,
    absent: { description: null, plannedDays: null },
    writable: ALL_OPS,
    derived: [],
    groups: [],
    guarded: ['name', 'category', 'active'],
    fixed: [],
    isId: (id) => programCode.safeParse(id).success,
    roomOf: everywhere,
  },
  clients: {
    name: 'clients',
    table: 'Client',
    fields: clientFields,
    rules: clientRules,
    absent: {
      givenName: null,
      middleName: null,
      familyName: null,
      sex: 'unknown',
      bornOn: null,
      bornOnEstimated: false,
      phone: null,
      email: null,
      address: null,
      nationalId: null,
      notes: null,
      shareWithPartners: true,
      mergedInto: null,
      sharedWith: null,
      sharedFor: null,
    },
    writable: ALL_OPS,
    derived: ['mergedInto', 'sharedWith', 'sharedFor'],
    groups: [['bornOn', 'bornOnEstimated']],
    guarded: ['givenName', 'middleName', 'familyName', 'sex', 'bornOn', 'bornOnEstimated', 'nationalId', 'shareWithPartners', 'facilityId'],
    fixed: [],
    isId: isClientNumber,
    roomOf: ownPlace,
  },
  enrollments: {
    name: 'enrollments',
    table: 'Enrollment',
    fields: enrollmentFields,
    rules: enrollmentRules,
    absent: { endedOn: null, reason: null, nextVisitOn: null, visitOutcome: null, visitOn: null, sharedWith: null },
    writable: ALL_OPS,
    derived: ['facilityId', 'sharedWith'],
    groups: [
      ['status', 'enrolledOn', 'endedOn', 'reason'],
      ['nextVisitOn', 'visitOutcome', 'visitOn'],
    ],
    guarded: ['status', 'enrolledOn', 'endedOn', 'reason'],
    fixed: ['clientId', 'programId', 'episode'],
    parent: { collection: 'clients', field: 'clientId' },
    isId: (id, fields) => id === enrollmentId(String(fields.clientId), String(fields.programId), Number(fields.episode)),
    roomOf: ownPlace,
  },
  issues: {
    name: 'issues',
    table: 'Issue',
    fields: issueFields,
    rules: issueFields,
    absent: { actorId: null, reason: null, sharedWith: null },
    // A device closes an issue, and does no more with it.
    writable: ['edit'],
    derived: ['kind', 'collection', 'recordId', 'facilityId', 'sharedWith', 'actorId', 'reason', 'detail'],
    groups: [],
    guarded: [],
    fixed: [],
    isId: () => true,
    roomOf: ownPlace,
  },
}

export function isCollectionName(name: string): name is CollectionName {
  return (COLLECTION_NAMES as readonly string[]).includes(name)
}

type FieldsOf = {
  facilities: z.infer<typeof facilityFields>
  programs: z.infer<typeof programFields>
  clients: z.infer<typeof clientFields>
  enrollments: z.infer<typeof enrollmentFields>
  issues: z.infer<typeof issueFields>
}

/** A whole record as pull brings it: header and fields side by side. */
export type RecordOf<C extends CollectionName> = RecordHeader & FieldsOf[C]
export type AnyRecord = RecordHeader & Fields

/** Names of the fields, in the order of the schema. */
export function fieldNames(collection: Collection): string[] {
  return Object.keys(collection.fields.shape)
}

/** The fields of a record without its header. */
export function fieldsOf(collection: Collection, record: Fields): Fields {
  return Object.fromEntries(fieldNames(collection).map((name) => [name, record[name] ?? null]))
}
