import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Hospital, openHospital } from '#tests/security/hospital.ts'

const TOKEN = 'a token for the tests'

let hospital: Hospital
let names: Set<string>

beforeAll(async () => {
  hospital = await openHospital({ METRICS_TOKEN: TOKEN })
  const { metrics, load } = hospital.services
  metrics.start({ connections: hospital.connections, isOver: load.isOver })
})
afterAll(() => hospital.close())

const ask = (token?: string) =>
  fetch(`${hospital.origin}/metrics`, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } })

test('only whoever shows the token reads the figures, and each of ours can be read', async () => {
  expect((await ask()).status).toBe(401)
  expect((await ask('another')).status).toBe(401)
  await fetch(`${hospital.origin}/api/external/clients/x/`)
  const answer = await ask(TOKEN)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/)
  const text = await answer.text()
  names = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? ''))
  expect([...names].filter((name) => name.startsWith('hims_')).length).toBeGreaterThan(10)
  expect(text).not.toMatch(/^hims_\w+ (NaN|Nan)$/m)
  expect(text).toMatch(/^hims_request_seconds_count\{kind="partner",status="401"\} 1$/m)
  expect(text).toMatch(/^hims_disk_free_bytes [1-9]/m)
})

test('what the dashboard and the page for operators name is what there is', () => {
  const named = [readFileSync('docs/grafana.json', 'utf8'), readFileSync('docs/operations.md', 'utf8')].flatMap((text) =>
    [...text.matchAll(/\b(?:hims|nodejs|process)_[a-z_0-9]+[a-z0-9]/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')),
  )
  expect(named.length).toBeGreaterThan(20)
  for (const name of named.filter((one) => one !== 'hims_cs' && one !== 'process_')) expect([...names], name).toContain(name)
})
