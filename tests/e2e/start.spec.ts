import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort, HimsServer } from './server.ts'
import { CHIEF, setUp } from './steps/accounts.ts'
import { type Ended, failedStart, npmStart } from './steps/start.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** One sentence or two that say what to do, and nothing that only a programmer reads. */
function expectWords({ code, output }: Ended, words: RegExp): void {
  expect(output).toMatch(words)
  expect(output.split('\n'), output).toHaveLength(1)
  expect(output).not.toMatch(/\n\s+at |Error:|node:internal/)
  expect(code).toBe(1)
}

test.describe('a start that cannot go on stops with a sentence that says what to do', () => {
  for (const port of ['0', '70000', 'http', '80 80']) {
    test(`PORT=${port}`, async () => {
      expectWords(await failedStart({ PORT: port }), /^PORT is ".*" but must be a number from 1 to 65535\./)
    })
  }

  test('a port that another program has', async ({ fresh }) => {
    expectWords(await failedStart({ PORT: String(fresh.port) }), new RegExp(`^Port ${fresh.port} is taken by another program`))
    expect((await fetch(`${fresh.origin}/healthz`)).status, 'the first goes on').toBe(200)
  })

  test('HOST=0.0.0.0 without TLS and without an https ORIGIN', async () => {
    expectWords(
      await failedStart({ HOST: '0.0.0.0' }),
      /^HOST is 0\.0\.0\.0, .*set ORIGIN to the https address, or TLS_CERT and TLS_KEY\. See "Settings" in README/,
    )
  })

  test('a default SECRET', async () => {
    expectWords(await failedStart({ SECRET: 'change-me' }), /^SECRET is too short or still the example/)
  })

  test('a TIME_ZONE that does not exist', async () => {
    expectWords(await failedStart({ TIME_ZONE: 'Mars/Olympus' }), /^TIME_ZONE is "Mars\/Olympus" but must be/)
  })

  test('a database whose secret is gone', async ({ fresh }) => {
    await fresh.stop()
    rmSync(join(fresh.folder, 'secret'))
    expectWords(await failedStart({}, fresh.folder), /^The database .* is there but its secret .* is missing/)
  })

  test('a database file that is damaged', async ({ fresh }) => {
    await fresh.stop()
    writeFileSync(fresh.databaseFile, 'not a database at all, but a letter to a friend'.repeat(200))
    expectWords(await failedStart({}, fresh.folder), /^The database .*hims\.sqlite cannot be used .*bring back a backup/)
  })

  test('DEMO=1 over a database that has other data', async ({ fresh, browserOf }) => {
    const page = await (await browserOf(fresh)).newPage()
    await setUp(page, await fresh.setupLink(), CHIEF)
    await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
    await fresh.stop()
    expectWords(await failedStart({ DEMO: '1' }, fresh.folder), /^DEMO=1 would put invented people among your own data/)
  })
})

test('two instances run side by side from one checkout, each with accounts of its own', async ({ fresh }) => {
  const second = await HimsServer.started()
  expect(second.folder).not.toBe(fresh.folder)
  expect(await fresh.setupLink()).toContain(fresh.origin)
  expect(await second.setupLink()).toContain(second.origin)
  for (const { origin } of [fresh, second]) expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect((await fetch((await fresh.setupLink()).replace(fresh.origin, second.origin))).status, 'a link of the other').toBe(404)
  await second.remove()
})

test('a second start builds nothing', async ({ fresh }) => {
  await fresh.stop()
  const output = await npmStart({ PORT: String(await freePort()), DATA_DIR: fresh.folder })
  expect(output).not.toMatch(/Building|Installing|Preparing/)
})

test('an unused set-up link is replaced at the next start', async ({ fresh }) => {
  const before = await fresh.setupLink()
  expect(await fresh.stop()).toBe(0)
  await fresh.start()
  expect(await fresh.setupLink()).not.toBe(before)
  expect((await fetch(before)).status).toBe(404)
})

test('a connection on which nobody speaks, as browsers open ahead, does not keep the server from an orderly stop', async ({ fresh }) => {
  const silent = connect(fresh.port, '127.0.0.1')
  silent.on('error', () => undefined)
  await once(silent, 'connect')
  expect(await fresh.stop()).toBe(0)
  silent.destroy()
})
