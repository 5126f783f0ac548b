import { join } from 'node:path'
import { count, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { copyDatabase, putBack } from './steps/backup.ts'
import { changePhone, clientHeading, correct, expectPhone, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { noteWords } from './steps/seen.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

interface Way {
  title: string
  keep(server: HimsServer): Promise<string>
  bringBack(server: HimsServer, file: string): Promise<void>
}

const WAYS: Way[] = [
  {
    title: 'by the commands backup and restore',
    keep: async (server) => {
      const file = join(server.folder, `backup-${Date.now()}.sqlite`)
      await server.command('backup', file)
      return file
    },
    bringBack: async (server, file) => void (await server.command('restore', file)),
  },
  {
    title: 'by copying the file of yesterday back',
    keep: async (server) => {
      await server.stop()
      const file = copyDatabase(server)
      await server.start()
      return file
    },
    bringBack: async (server, file) => putBack(server, file),
  },
]

for (const [index, { title, keep, bringBack }] of WAYS.entries()) {
  test(`R1, R2, R3: the server is put back ${title}: the tablets hand in what it lacks, and every edit is there in the end`, async ({
    district,
    browserOf,
  }) => {
    test.setTimeout(240_000)
    const amina = await doctorAt(district, 'amina', browserOf)
    const joseph = await doctorAt(district, 'joseph', browserOf)
    const name = `Bahati Kept${'AB'[index]}`
    const number = await registerClient(amina, { givenName: 'Bahati', familyName: `Kept${'AB'[index]}`, age: 70, phone: '0711 900 000' })
    await expectAllSent(amina)
    await openClient(joseph, number, name)
    const epoch = epochOf(district)
    const file = await keep(district)
    await expectAllSent(amina)
    await expectAllSent(joseph)

    // After the backup: both change what is in it, and one makes what it never saw.
    await changePhone(amina, '0711 900 001')
    await expectPhone(joseph, '0711 900 001')
    await correct(joseph, { address: 'Green gate' })
    await expect(amina.getByText('Green gate')).toBeVisible()
    const late = await registerClient(joseph, { givenName: 'Late', familyName: `Comer${'AB'[index]}`, age: 12 })
    await expectAllSent(joseph)
    await amina.goto('/sync')
    await expect(amina.getByText(t('sync.connection.online'), { exact: true })).toBeVisible()
    const wasTold = await noteWords(amina, t('sync.restoring'))

    await district.stop()
    await bringBack(district, file)
    expect(count(district, '"Client" WHERE id = ?', late)).toBe(0)
    await district.start()

    await expect
      .poll(() => rows(district, 'SELECT phone, address FROM "Client" WHERE id = ?', number), { timeout: 60_000 })
      .toEqual([{ phone: '0711 900 001', address: 'Green gate' }])
    await expect.poll(() => count(district, '"Client" WHERE id = ? AND deleted = 0', late), { timeout: 60_000 }).toBe(1)
    expect(epochOf(district)).not.toBe(epoch)
    expect(await wasTold(), 'the words that the server was put back').toBe(true)
    for (const page of [amina, joseph]) {
      await openClient(page, number, name)
      await expectPhone(page, '0711 900 001')
      await expect(page.getByText('Green gate')).toBeVisible()
      await expectAllSent(page)
      await page.goto(`/clients/${late}`)
      await expect(clientHeading(page, `Late Comer${'AB'[index]}`)).toBeVisible()
      await page.goto('/sync')
      await expect(page.getByText(t('sync.restoring'))).toHaveCount(0)
    }
    // Each change counts once, and nobody is asked about what came back by itself.
    expect(rows(district, 'SELECT "to" FROM "Change" WHERE "recordId" = ? AND field = ?', number, 'address')).toEqual([
      { to: JSON.stringify('Green gate') },
    ])
    expect(count(district, `"Issue" WHERE "recordId" IN (?, ?) AND state = 'open' AND deleted = 0`, number, late)).toBe(0)

    await openClient(amina, number, name)
    await changePhone(amina, '0711 900 002')
    await openClient(joseph, number, name)
    await expectPhone(joseph, '0711 900 002')
  })
}

function epochOf(server: HimsServer): string {
  return rows<{ epoch: string }>(server, 'SELECT epoch FROM "Tail"')[0]?.epoch ?? ''
}
