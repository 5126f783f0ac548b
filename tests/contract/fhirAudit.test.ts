import { Fhir } from 'fhir/fhir.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { get, makeApplication, tokenOf } from './asking.ts'
import { addClient, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** The audit log as FHIR R4 AuditEvents: valid, whole, in its order, and only for whom an administrator gave it. */

const ANNA = 'ANNA000000000'
let server: PartnerServer
let token: string
let reader: string

interface Event {
  id: string
  subtype: { code: string }[]
  entity: { what?: { identifier: { value: string } } }[]
}
interface Bundle {
  link: { relation: string; url: string }[]
  entry?: { resource: Event }[]
}

beforeAll(async () => {
  server = await startPartnerServer()
  token = await tokenOf(server, await makeApplication(server, { scopes: ['audit.read'] }))
  reader = await tokenOf(server, await makeApplication(server, { scopes: ['clients.read'] }))
  await addClient(server, ANNA, { givenName: 'Anna', familyName: 'Åkesson' })
  for (let reads = 0; reads < 3; reads += 1) await get(server, `/api/external/clients/${ANNA}/`, reader)
})
afterAll(() => server.stop())

async function search(query: string): Promise<Bundle> {
  const response = await get(server, `/fhir/AuditEvent?${query}`, token)
  expect(response.status, query).toBe(200)
  return (await response.json()) as Bundle
}
const codes = ({ entry }: Bundle) => (entry ?? []).map(({ resource }) => resource.subtype[0]?.code)

test('who has read a client: valid events, with the client’s number and no name', async () => {
  const response = await get(server, `/fhir/AuditEvent?patient=Patient/${ANNA}&subtype=partner.client-read`, token)
  const text = await response.text()
  const bundle = JSON.parse(text) as Bundle
  expect(codes(bundle)).toEqual(['partner.client-read', 'partner.client-read', 'partner.client-read'])
  expect(bundle.entry?.every(({ resource }) => resource.entity[0]?.what?.identifier.value === ANNA)).toBe(true)
  expect(text).not.toMatch(/Anna|kesson/)
  const validator = new Fhir()
  for (const { resource } of bundle.entry ?? []) {
    // Our actions are codes of our own, which R4 allows and the validator mentions.
    const { messages } = validator.validate(resource as never, { errorOnUnexpected: true })
    expect(messages.filter(({ severity }) => severity !== 'warning')).toEqual([])
  }
})

test('pages lead through the whole log in its order, and each is itself in it', async () => {
  const ids: number[] = []
  for (let query: string | undefined = '_count=2'; query !== undefined && ids.length < 8; ) {
    const { link, entry }: Bundle = await search(query)
    ids.push(...(entry ?? []).map(({ resource }) => Number(resource.id)))
    query = link.find(({ relation }) => relation === 'next')?.url.split('?')[1]
  }
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(codes(await search('subtype=partner.log-read')).length).toBeGreaterThan(3)
})

test('one event is read by its number; days and outcomes narrow down', async () => {
  expect((await get(server, '/fhir/AuditEvent/1', token)).status).toBe(200)
  for (const id of ['0', '999999', 'x', '1e3']) expect((await get(server, `/fhir/AuditEvent/${id}`, token)).status, id).toBe(404)
  expect(codes(await search('date=lt2000'))).toEqual([])
  expect(codes(await search('date=ge2000&_count=1'))).toHaveLength(1)
  await get(server, '/api/external/clients/NOBODY0000000/', reader)
  const failed = await search('outcome=4')
  expect(failed.entry?.length).toBeGreaterThan(0)
  for (const bad of ['date=soon', 'agent=x', '_cursor=x'])
    expect((await get(server, `/fhir/AuditEvent?${bad}`, token)).status, bad).toBe(400)
})

test('nobody reads it without the scope, nor an application that is kept to a part of the clients', async () => {
  expect((await get(server, '/fhir/AuditEvent', reader)).status).toBe(403)
  const kept = await tokenOf(server, await makeApplication(server, { scopes: ['audit.read'], facilities: ['main'] }))
  for (const path of ['/fhir/AuditEvent', '/fhir/AuditEvent/1']) expect((await get(server, path, kept)).status, path).toBe(403)
})
