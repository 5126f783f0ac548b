import { collections } from '#domain/collections.ts'
import type { SqlValue } from '#server/database/sql.ts'

/**
 * THE registry of where a person can be read, and of what an erasure does there. `personalColumns.test.ts` fails when the
 * models hold a text column that is not named here: whoever adds one decides.
 */

/** As if nothing had been said of them. Who they were joined into is kept: it leads from a number to a number; and where they were, whose tablets have to hear of it. */
const { mergedInto: _, sharedWith: __, ...blankClient } = collections.clients.absent

/** Values of a client's own record, or of one that hangs on it: the record stays as a tombstone, so that tablets hear of it. */
export const BLANK_RECORDS: Record<'clients' | 'enrollments' | 'issues', Record<string, SqlValue | boolean>> = {
  clients: { ...blankClient, shareWithPartners: false },
  // The column must hold a day.
  enrollments: {
    status: 'entered-in-error',
    enrolledOn: '0001-01-01',
    endedOn: null,
    reason: null,
    nextVisitOn: null,
    visitOutcome: null,
    visitOn: null,
  },
  issues: { reason: null, detail: '{}' },
}

/**
 * What stays of them: numbers, and whose they were. An enrollment's number names its program, but says nothing about anybody
 * once the client's number does not.
 */
export const KEPT_OF_RECORDS: Record<keyof typeof BLANK_RECORDS, readonly string[]> = {
  clients: ['facilityId', 'sharedWith', 'mergedInto'],
  enrollments: ['clientId', 'programId', 'episode', 'facilityId', 'sharedWith'],
  issues: ['kind', 'state', 'collection', 'recordId', 'facilityId', 'sharedWith', 'actorId'],
}

/** Rows about a record: those columns are emptied, and the row goes on to tell that there was something. */
export const BLANK_ROWS = {
  Change: { column: 'recordId', blank: ['from', 'old', 'to'] },
  Push: { column: 'recordId', blank: ['body'] },
} as const

/** Rows that say nothing but who somebody is: they go. */
export const REMOVED_ROWS = {
  Recovered: 'recordId',
  MatchKey: 'clientId',
  ExternalIdentity: 'clientId',
} as const

/** Text columns that name a client or a record, and hold none of their values. */
export const REFERENCES: Record<string, readonly string[]> = {
  Change: ['changeId', 'field', 'collection', 'recordId', 'op', 'outcome', 'actorId', 'deviceId', 'resentEpoch'],
  Push: ['changeId', 'deviceId', 'accountId', 'collection', 'recordId', 'parentId', 'outcome', 'reason', 'newId'],
  Departed: ['recordId', 'collection', 'facilityId'],
  Erased: ['id'],
  ErasedIdentity: ['hash', 'erasedId'],
  ErasureRequest: ['id', 'clientId', 'facilityId', 'reason', 'state', 'requestedBy', 'decidedBy'],
  AuditEvent: ['action', 'outcome', 'actorId', 'applicationId', 'deviceId', 'ip', 'route', 'subject', 'requestId', 'previousHash', 'hash'],
}

/** Tables that no client is in: the installation, its staff, its devices, its partners. */
export const NOBODY: readonly string[] = [
  'Tail',
  'PastEpoch',
  'Backup',
  'ManifestCell',
  'SharedRoom',
  'Deployment',
  'Facility',
  'Program',
  'Device',
  'Counter',
  'Account',
  'AccountFacility',
  'Session',
  'Invitation',
  'Application',
  'ApplicationSecret',
  'SigningKey',
  'RevokedToken',
  'Webhook',
  'WebhookDelivery',
  'UsedAssertion',
  'LeftFacility',
  'SealingKey',
  'TabletKey',
  'SecondFactor',
  'RecoveryCode',
  'SignInStep',
  'PasswordReset',
  'KnownDevice',
  'Throttle',
  'Setting',
  'AuditKey',
  'AuditCheckpoint',
  'AuditFloor',
]
