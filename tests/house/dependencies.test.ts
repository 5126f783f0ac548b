import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isAllowed, PAGE, page, productionDependencies, productionPackages } from '../../server/operations/dependencies.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

test('each production dependency has a reason, and no reason is left of one that went', () => {
  const dependencies = productionDependencies()
  expect(dependencies.length).toBeGreaterThan(20)
  expect(dependencies.filter(({ reason }) => !reason).map(({ name }) => name)).toEqual([])
  const reasons = Object.keys(JSON.parse(readFileSync('docs/dependencies.json', 'utf8')))
  expect(reasons.filter((name) => !(name in manifest.dependencies))).toEqual([])
})

test('everything that runs in production has a licence of the list', () => {
  const packages = productionPackages()
  expect(packages.length).toBeGreaterThan(50)
  expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([])
  for (const licence of ['GPL-3.0', 'unknown', 'MIT AND GPL-3.0', 'EPL-2.0', '']) expect(isAllowed(licence), licence).toBe(false)
  expect(isAllowed('(GPL-3.0 OR MIT)')).toBe(true)
})

test('docs/dependencies.md is of this lockfile; else: npm run dependencies', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(page())
})

test('install scripts run for better-sqlite3 alone, which the start builds by name', () => {
  expect(manifest.allowScripts).toEqual({ 'better-sqlite3': true })
  const prepare = readFileSync('server/operations/prepare.mjs', 'utf8')
  expect(prepare).toContain("'--ignore-scripts'")
  expect([...prepare.matchAll(/'rebuild',\s*'([^']+)'/g)].map(([, name]) => name)).toEqual(['better-sqlite3'])
})
