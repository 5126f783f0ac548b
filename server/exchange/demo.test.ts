import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillDemo } from './demo.ts'
import { demoVisits } from './demoVisits.ts'
import { type Clinic, openClinic } from './exchange.fixture.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

describe('the demo clinic', () => {
  it('is made once, and read after that', { timeout: 60_000 }, async () => {
    const demo = await fillDemo(clinic.services, clinic.config)
    expect(demo.accounts.map(({ roles }) => roles.join())).toEqual(['admin', 'doctor', 'doctor', 'doctor', 'viewer'])
    const figures = await clinic.services.statistics.overview()
    expect(figures).toMatchObject({ clients: 300, programsActive: 3 })
    expect(figures.registeredThisWeek).toBeGreaterThan(0)
    expect(await clinic.rows('SELECT DISTINCT status FROM "Enrollment"')).toHaveLength(7)
    expect(await clinic.rows(`SELECT 1 FROM "Issue" WHERE kind <> 'possible-duplicate'`)).toEqual([])
    expect(statSync(join(clinic.config.dataDir, 'demo.json')).mode & 0o777).toBe(0o600)
    expect(await fillDemo(clinic.services, clinic.config)).toEqual(demo)
    const [admin] = demo.accounts
    await expect(clinic.services.accounts.signIn({ email: admin?.email ?? '', password: admin?.password ?? '' }, {})).resolves.toBeDefined()
  })

  it('keeps away from other data', async () => {
    await clinic.import(clinic.file('a.csv', 'first name\nAmina\n'))
    await expect(fillDemo(clinic.services, clinic.config)).rejects.toThrow(/DEMO=1 would put invented people/)
  })

  it.each(['2024-01-01T00:01:00Z', '2024-02-29T23:59:00Z', '2026-11-22T12:00:00Z'])(
    'has registrations in the week of %s and none to come',
    (time) => {
      const until = Date.parse(time)
      const visits = demoVisits(until, 'Africa/Nairobi')
      expect(Math.max(...visits.map(({ at }) => at))).toBeLessThanOrEqual(until)
      expect(visits.filter(({ at }) => at > until - 3 * 86_400_000).length).toBeGreaterThanOrEqual(9)
    },
  )
})
