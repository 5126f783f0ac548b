import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Every numbered rule of the sync has a test that names it, and no test names a rule that does not exist. */
test('each rule of domain/sync/SPEC.md has a test, and each named rule exists', () => {
  const rules = [...readFileSync('domain/sync/SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id]) => id ?? '')
  const named = new Set(testTitles().flatMap((title) => [...title.matchAll(/\b[OPMESFCRWLKX]\d+\b/g)].map(([id]) => id)))
  expect(rules.length).toBeGreaterThan(30)
  expect(rules.filter((id) => !named.has(id))).toEqual([])
  expect([...named].filter((id) => !rules.includes(id))).toEqual([])
})

function testTitles(): string[] {
  const folders = ['domain/sync', 'app/data', 'app/session', 'server/accounts', 'server/sync', 'tests/sync', 'tests/processes', 'tests/e2e']
  const files = folders
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((name) => /[.](test|spec)[.]ts$/.test(name))
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*(?:test|it)\(\s*(['"`])(.+?)\1,/gm)].map(([, , title]) => title ?? ''),
  )
}
