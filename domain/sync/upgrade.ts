import { SCHEMA_VERSION } from './change.ts'

/** A change as it was stored or sent, before anything of it is known but its version. */
export type RawChange = Record<string, unknown>

/** From each version to the next: pure, and never changed again once a release has it. */
export type Upgrades = Readonly<Record<number, (change: RawChange) => RawChange>>

/**
 * Upgrades of changes by the version they are of. What an outbox holds is never migrated on the device, so a change of
 * every version ever released may still arrive (domain/sync/SPEC.md, P11, O14).
 */
export const UPGRADES: Upgrades = {
  // Version 2 knows of visits. A change of version 1 says nothing of them, and is the same change.
  1: (change) => change,
}

/**
 * The same change as the version of today says it. One of a newer version, or what is no change at all, stays as it is:
 * the parse after this refuses it.
 */
export function upgradeChange(raw: unknown, upgrades: Upgrades = UPGRADES, target: number = SCHEMA_VERSION): unknown {
  if (typeof raw !== 'object' || raw === null) return raw
  let change = raw as RawChange
  for (let version = versionOf(change); version < target; version += 1) {
    const upgrade = upgrades[version]
    if (upgrade === undefined) return change
    change = { ...upgrade(change), schemaVersion: version + 1 }
  }
  return change
}

/** Changes of an app that is newer than this server: it cannot know what they mean. */
export function isNewer(raw: unknown, target: number = SCHEMA_VERSION): boolean {
  return typeof raw === 'object' && raw !== null && Number((raw as RawChange).schemaVersion) > target
}

/** A void has no version and needs none. */
function versionOf({ schemaVersion }: RawChange): number {
  return typeof schemaVersion === 'number' && Number.isInteger(schemaVersion) && schemaVersion > 0
    ? schemaVersion
    : Number.POSITIVE_INFINITY
}
