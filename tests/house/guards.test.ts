import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GUARDS } from '#domain/sync/guards.ts'

const text = (files: string[]) => files.map((file) => readFileSync(file, 'utf8')).join('\n')
const sources = (folder: string) => readdirSync(folder).flatMap((name) => (/(?<!test)[.]ts$/.test(name) ? [`${folder}/${name}`] : []))

/** A switch that turns nothing off, or that nobody turns, would say of a safeguard that it is proved. */
test('each guard of domain/sync/guards.ts turns something off, and a test shows that it is missed', () => {
  const code = text(sources('app/data').concat(sources('server/sync')))
  const stories = text(['tests/sync/guards.test.ts'])
  expect(GUARDS.filter((guard) => !code.includes(`.has('${guard}')`))).toEqual([])
  expect(GUARDS.filter((guard) => !stories.includes(`without \`${guard}\``))).toEqual([])
})
