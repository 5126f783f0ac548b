import type { EVENTS } from '../sync/protocol.ts'
import { type Action, may, type Role } from './access.ts'

/**
 * Every way into the server and who may take it: pages, addresses beside the pages, and socket events. What a collection
 * gives and takes stands in access.ts. tests/house/doors.test.ts compares this table with the sources, and
 * tests/security/matrix.test.ts walks through every row as each kind of caller.
 */

/**
 * `public`: whoever comes. `account`: anybody who is signed in. `link`: whoever holds the token of the address.
 * A list: any one of these permissions is enough.
 */
export type Policy = 'public' | 'account' | 'link' | readonly Action[]

export interface PageDoor {
  /** Null: there is none, so the page holds nothing of the server's. */
  loader: Policy | null
  action: Policy | null
}

const NOTHING: PageDoor = { loader: null, action: null }

/** By the name of the route's file. A parent's policy does not protect a child. */
export const PAGE_DOORS = {
  _field: NOTHING,
  '_field._index': NOTHING,
  '_field.clients._index': NOTHING,
  '_field.clients.new': NOTHING,
  '_field.clients.$id': NOTHING,
  '_field.clients.$id_.card': NOTHING,
  '_field.clients.$id_.edit': NOTHING,
  '_field.clients.$id_.join.$other': NOTHING,
  '_field.programs._index': NOTHING,
  '_field.programs.new': NOTHING,
  '_field.programs.$id': NOTHING,
  '_field.programs.$id_.edit': NOTHING,
  '_field.review._index': NOTHING,
  '_field.review.$id': NOTHING,
  '_field.preferences': NOTHING,
  '_field.sync': NOTHING,
  '_field.visits': NOTHING,
  _office: { loader: 'account', action: null },
  '_office.account': { loader: ['account.own'], action: ['account.own'] },
  '_office.applications': { loader: ['applications.manage'], action: ['applications.manage'] },
  '_office.applications_.$id': { loader: ['applications.manage'], action: ['applications.manage'] },
  '_office.audit': { loader: ['audit.read'], action: ['audit.read'] },
  '_office.dashboard': { loader: ['dashboard.view'], action: null },
  '_office.devices': { loader: ['devices.manage'], action: ['devices.manage'] },
  '_office.erasure': { loader: ['clients.erase'], action: ['clients.erase'] },
  '_office.exchange': { loader: ['clients.import', 'clients.export'], action: ['clients.import'] },
  '_office.exchange_.import': { loader: ['clients.import'], action: ['clients.import'] },
  '_office.facilities': { loader: ['facilities.manage'], action: ['facilities.manage'] },
  '_office.people': { loader: ['people.manage', 'people.invite-doctor'], action: ['people.manage', 'people.invite-doctor'] },
  '_office.reports': { loader: ['reports.view'], action: null },
  '_office.settings': { loader: ['settings.manage'], action: ['settings.manage'] },
  _public: NOTHING,
  '_public.forgot': { loader: null, action: 'public' },
  '_public.invitation.$token': { loader: 'link', action: 'link' },
  '_public.reset.$token': { loader: 'link', action: 'link' },
  '_public.reset._index': { loader: null, action: 'public' },
  '_public.setup.$token': { loader: 'link', action: 'link' },
  '_public.sign-in': { loader: 'public', action: 'public' },
  'api.docs': { loader: 'public', action: null },
  'api.erasure': { loader: null, action: ['clients.request-erasure'] },
  'api.session': { loader: 'public', action: null },
  'api.tablet-key': { loader: null, action: ['field.use'] },
  'audit.export': { loader: ['audit.read'], action: null },
  boot: NOTHING,
  'exchange.file': { loader: null, action: ['clients.export'] },
  'reports.dhis2': { loader: ['reports.view'], action: null },
  'reports.csv': { loader: ['reports.view'], action: null },
  'sign-out': { loader: 'public', action: 'public' },
} as const satisfies Record<string, PageDoor>

/** `operator`: the token of METRICS_TOKEN. `partner`: a bearer token with the scope; cookies are not read. `device`: a session and the device's credential. */
export type PathPolicy = 'public' | 'partner' | 'device' | 'socket' | 'operator'

/** Addresses that Express answers before the pages; `:id` as the audit log names it. */
export const PATH_DOORS = {
  '/healthz': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/readyz': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/metrics': { methods: ['GET', 'HEAD'], policy: 'operator' },
  '/api/auth/token/': { methods: ['POST'], policy: 'public' },
  '/api/auth/introspect/': { methods: ['POST'], policy: 'public' },
  '/api/auth/revoke/': { methods: ['POST'], policy: 'public' },
  '/api/external/clients/:id/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/clients/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/clients/:id/enrollments/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/programs/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/changes/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/statistics/': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/api/external/:other': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/:other': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/metadata': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/fhir/Patient/:id': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/Patient': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/EpisodeOfCare/:id': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/EpisodeOfCare': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/AuditEvent/:id': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/AuditEvent': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/$export': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/export/:id': { methods: ['GET', 'HEAD', 'DELETE'], policy: 'partner' },
  '/fhir/export/:id/:file': { methods: ['GET', 'HEAD'], policy: 'partner' },
  '/fhir/.well-known/smart-configuration': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/.well-known/smart-configuration': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/.well-known/jwks.json': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/.well-known/oauth-authorization-server': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/api/openapi.json': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/.well-known/hims-audit-key': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/sync/snapshot': { methods: ['GET'], policy: 'device' },
  '/boot': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/assets': { methods: ['GET', 'HEAD'], policy: 'public' },
  '/socket': { methods: ['GET'], policy: 'socket' },
} as const satisfies Record<string, { methods: readonly string[]; policy: PathPolicy }>

/** `sent`: the server says it; nobody may ask for it. */
export interface EventDoor {
  asks: readonly Action[] | 'sent'
  /** Also a device by its credential alone: the session may be over, and its work still has to arrive. */
  alsoDevice?: true
}

export type EventName = (typeof EVENTS)[keyof typeof EVENTS]

export const EVENT_DOORS = {
  hello: { asks: ['field.use'], alsoDevice: true },
  quarantine: { asks: ['field.use'], alsoDevice: true },
  wiped: { asks: ['field.use'], alsoDevice: true },
  sealed: { asks: ['field.use'], alsoDevice: true },
  views: { asks: ['field.use'], alsoDevice: true },
  push: { asks: ['field.use'] },
  pull: { asks: ['field.use'] },
  manifest: { asks: ['field.use'] },
  repair: { asks: ['field.use'] },
  recover: { asks: ['field.use'] },
  history: { asks: ['field.use'] },
  removed: { asks: ['field.use'] },
  join: { asks: ['field.use'] },
  part: { asks: ['field.use'] },
  lookup: { asks: ['field.use'] },
  share: { asks: ['field.use'] },
  unshare: { asks: ['field.use'] },
  seen: { asks: ['field.use'] },
  erased: { asks: ['field.use'] },
  presence: { asks: ['field.use'] },
  statistics: { asks: ['dashboard.view'] },
  moved: { asks: 'sent' },
} as const satisfies Record<EventName, EventDoor>

/** No event that is not in the table. */
export function mayAsk(roles: readonly Role[], event: string): boolean {
  if (!Object.hasOwn(EVENT_DOORS, event)) return false
  const { asks }: EventDoor = EVENT_DOORS[event as EventName]
  return asks !== 'sent' && asks.some((action) => may(roles, action))
}
