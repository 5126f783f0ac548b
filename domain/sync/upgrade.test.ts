import { describe, expect, test } from 'vitest'
import { changeSchema, SCHEMA_VERSION } from './change.ts'
import { STORED_CHANGES } from './upgrade.fixture.ts'
import { isNewer, UPGRADES, type Upgrades, upgradeChange } from './upgrade.ts'

describe('changes of every version', () => {
  const versions = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1)

  test('P11: a change of every version that was ever stored is one of today after its upgrade', () => {
    expect(Object.keys(STORED_CHANGES).map(Number)).toEqual(versions)
    for (const text of Object.values(STORED_CHANGES).flat()) {
      const change = changeSchema.parse(upgradeChange(JSON.parse(text)))
      expect(change.schemaVersion).toBe(SCHEMA_VERSION)
    }
  })
  test('P11: there is an upgrade from each version but the last', () => {
    expect(Object.keys(UPGRADES).map(Number)).toEqual(versions.slice(0, -1))
  })
})

describe('a chain of upgrades', () => {
  /** As if version 2 had called a field otherwise, and version 3 had given the change a new field. */
  const upgrades: Upgrades = {
    1: ({ op, ...change }) => ({ ...change, kind: op }),
    2: (change) => ({ ...change, note: `was ${change.kind}` }),
  }

  test('P11: each step runs once and in order, whatever version a change begins at', () => {
    expect(upgradeChange({ op: 'edit', schemaVersion: 1 }, upgrades, 3)).toEqual({ kind: 'edit', note: 'was edit', schemaVersion: 3 })
    expect(upgradeChange({ kind: 'edit', schemaVersion: 2 }, upgrades, 3)).toEqual({ kind: 'edit', note: 'was edit', schemaVersion: 3 })
    expect(upgradeChange({ kind: 'edit', schemaVersion: 3 }, upgrades, 3)).toEqual({ kind: 'edit', schemaVersion: 3 })
  })
  test('P11: an upgrade does not alter what it was given', () => {
    const stored = Object.freeze({ op: 'edit', schemaVersion: 1 })
    upgradeChange(stored, upgrades, 3)
    expect(stored).toEqual({ op: 'edit', schemaVersion: 1 })
  })
  test('P11: a newer version is told apart, and left as it is', () => {
    const newer = { op: 'edit', schemaVersion: 4 }
    expect(isNewer(newer, 3)).toBe(true)
    expect(isNewer({ schemaVersion: 3 }, 3)).toBe(false)
    expect(upgradeChange(newer, upgrades, 3)).toBe(newer)
  })
  test('P11: what is no change, or has no version, is left to the parse', () => {
    for (const raw of [null, 7, 'text', {}, { op: 'void' }, { schemaVersion: 0 }, { schemaVersion: 1.5 }]) {
      expect(upgradeChange(raw, upgrades, 3)).toBe(raw)
    }
  })
})
