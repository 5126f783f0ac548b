import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAccounts } from '../../server/accounts/accounts.ts'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/database/database.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { atMost, conclude, format, machine, median, percentile, say, table } from '../figures.ts'
import { rankZ } from './rank.ts'

/** Issue 4: a sign-in for an address that has an account and one that has none cannot be told apart by their time. */
const WORST_Z = 2.58
const PASSWORD = 'seven green mangoes fell'
/** The limits would stop it after five. */
const LIMITS = { TRIES_FREE: '1000000', TRIES_STOP_AT: '1000000', TRIES_PER_IP_AND_MINUTE: '1000000' }

const { values } = parseArgs({ options: { samples: { type: 'string', default: '300' }, seed: { type: 'string', default: '4' } } })
const samples = Number(values.samples)
if (!(samples >= 20)) throw new RangeError('--samples is a number from 20')

const folder = mkdtempSync(join(tmpdir(), 'hims-sign-in-'))
const config = readConfig({ DATA_DIR: folder, ...LIMITS })
const database = await openDatabase(config.databaseUrl)
const accounts = createAccounts({ config, database, now: Date.now })
const random = new Seeded(Number(values.seed))
const meta = { ip: '10.0.0.7', userAgent: 'bench', route: '/sign-in' }

try {
  say(`Sign-in with a wrong password: 2 x ${samples} samples in random order, limits off (${Object.keys(LIMITS).join(', ')})`)
  say(machine())
  const known = await makeAccount('known@example.org')
  const disabled = await makeAccount('disabled@example.org')
  await accounts.disable(disabled, { accountId: known, ...meta })
  const times = { known: [] as number[], unknown: [] as number[], disabled: [] as number[] }
  const order = Object.keys(times).flatMap((kind) => Array.from({ length: samples }, () => kind as keyof typeof times))
  for (const kind of shuffled(order)) times[kind].push(await timed(`${kind}@example.org`))
  report(times)
} finally {
  await database.close()
  rmSync(folder, { recursive: true })
}

async function makeAccount(email: string): Promise<string> {
  const setup = await accounts.setupLink()
  const token = setup?.split('/').at(-1) ?? (await accounts.invite('operator', { email, roles: ['viewer'], facilities: [] }, meta)).token
  return (await accounts.acceptInvitation(token, { name: 'Somebody', email, password: PASSWORD }, meta)).account.id
}

async function timed(email: string): Promise<number> {
  const began = performance.now()
  await accounts.signIn({ email, password: 'a wrong sentence here' }, meta).catch(() => undefined)
  return performance.now() - began
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function report(times: Record<'known' | 'unknown' | 'disabled', number[]>): void {
  const rows = Object.entries(times).map(([kind, ms]) => [kind, median(ms), percentile(ms, 0.05), percentile(ms, 0.95)])
  for (const line of table([['address', 'median ms', '5 %', '95 %'], ...rows])) say(line)
  say('')
  say(`median of known to unknown: ${format(median(times.known) / median(times.unknown))}`)
  conclude(
    (['unknown', 'disabled'] as const).map((kind) => {
      const z = Math.abs(rankZ(times.known, times[kind]))
      return atMost(`known and ${kind}: ranks at most ${WORST_Z} standard deviations apart`, z, WORST_Z, '')
    }),
  )
}
