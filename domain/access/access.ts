import type { CollectionName } from '../collections.ts'

/** Who may do what: one table for screens, routes, sockets, push and pull. */

export const ROLES = ['admin', 'doctor', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const POLICIES = {
  'dashboard.view': ['admin', 'doctor', 'viewer'],
  'reports.view': ['admin', 'doctor'],
  'account.own': ['admin', 'doctor', 'viewer'],
  'field.use': ['doctor'],
  'people.invite-doctor': ['admin', 'doctor'],
  'people.manage': ['admin'],
  'settings.manage': ['admin'],
  'applications.manage': ['admin'],
  'facilities.manage': ['admin'],
  'audit.read': ['admin'],
  'devices.manage': ['admin'],
  'clients.import': ['admin'],
  'clients.export': ['doctor'],
  'clients.request-erasure': ['doctor'],
  'clients.erase': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof POLICIES

export function may(roles: readonly Role[], action: Action): boolean {
  const allowed: readonly Role[] = POLICIES[action]
  return roles.some((role) => allowed.includes(role))
}

interface CollectionPolicy {
  pull: readonly Role[]
  push: readonly Role[]
}

const COLLECTION_POLICIES: Record<CollectionName, CollectionPolicy> = {
  facilities: { pull: ['doctor'], push: [] },
  programs: { pull: ['doctor'], push: ['doctor'] },
  clients: { pull: ['doctor'], push: ['doctor'] },
  enrollments: { pull: ['doctor'], push: ['doctor'] },
  issues: { pull: ['doctor'], push: ['doctor'] },
}

export function mayPull(roles: readonly Role[], collection: CollectionName): boolean {
  return roles.some((role) => COLLECTION_POLICIES[collection].pull.includes(role))
}

export function mayPush(roles: readonly Role[], collection: CollectionName): boolean {
  return roles.some((role) => COLLECTION_POLICIES[collection].push.includes(role))
}

/** The roles an inviter may give. */
export function rolesToGive(inviter: readonly Role[]): readonly Role[] {
  if (may(inviter, 'people.manage')) return ROLES
  return may(inviter, 'people.invite-doctor') ? ['doctor'] : []
}

/** Roles as they are stored: names separated by one space. Unknown names are dropped, so they grant nothing. */
export function readRoles(text: string): Role[] {
  return ROLES.filter((role) => text.split(' ').includes(role))
}
