import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Every numbered rule of the sync has a test that names it, and no test names a rule that does not exist. */
test('each rule of domain/sync/SPEC.md has a test, and each named rule exists', () => {
  const rules = [...readFileSync('domain/sync/SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id]) => id ?? '')
  const named = new Set(testFiles().flatMap((file) => rulesNamedIn(readFileSync(file, 'utf8'))))
  expect(rules.length).toBeGreaterThan(30)
  expect(rules.filter((id) => !named.has(id))).toEqual([])
  expect([...named].filter((id) => !rules.includes(id))).toEqual([])
})

test('only a test that runs names a rule', () => {
  const named = rulesNamedIn(`
    test('P1: one', () => undefined)
    test.runIf(true)('P9: a test that not every run has', () => undefined)
    it(\`S1 S2: two\`, () => undefined)
    test.skip('O1: not run', () => undefined)
    test.todo('O2: not written')
    test.fails('O3: known to fail', () => undefined)
    // test('O4: taken out', () => undefined)
    describe('O5: no test', () => undefined)
  `)
  expect(named).toEqual(['P1', 'S1', 'S2'])
  expect(rulesNamedIn(`describe.skip('M1', () => { test('M2: in it', () => undefined) })`)).toEqual([])
})

/** Rules in the titles of a file's tests; of a file that leaves some out, none. */
function rulesNamedIn(source: string): string[] {
  if (/\bdescribe[.](skip|todo)\b/.test(source)) return []
  const titles = [...source.matchAll(/^\s*(?:test|it)\(\s*(['"`])(.+?)\1,/gm)].map(([, , title]) => title ?? '')
  return titles.flatMap((title) => [...title.matchAll(/\b[OPMESFCRWLKX]\d+\b/g)].map(([id]) => id))
}

function testFiles(): string[] {
  const folders = ['domain/sync', 'app/data', 'app/session', 'server/accounts', 'server/sync', 'tests/sync', 'tests/processes', 'tests/e2e']
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((name) => /[.](test|spec)[.]ts$/.test(name))
}
