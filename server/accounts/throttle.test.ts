import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, cheapPasswords, cookieOf, inside, META, openClinic, PASSWORD, setUp } from './accounts.fixture.ts'

let clinic: Clinic
let passwords: ReturnType<typeof cheapPasswords>
/** What the browser of the set-up sends along: the account is known there. */
let known: string

beforeEach(async () => {
  passwords = cheapPasswords()
  clinic = await openClinic(undefined, { passwords })
  known = cookieOf((await setUp(clinic)).deviceCookie)
})
afterEach(() => clinic.close())

let turn = 0
/** Each from another address, so that only the account counts. */
function elsewhere() {
  turn += 1
  return { ...META, ip: `10.1.${turn >> 8}.${turn & 255}` }
}
const signIn = (password: string, meta: object = elsewhere(), email = 'amina@example.org') =>
  clinic.accounts.signIn({ email, password }, { ...META, ...meta })
const wrong = { problem: expect.objectContaining({ code: 'wrong-credentials' }) }
const tooMany = (retryAfterS: number) => ({ problem: { code: 'too-many', retryAfterS } })

async function guess(times: number, meta?: object, email?: string) {
  for (let tries = 0; tries < times; tries += 1) await expect(signIn('a wrong sentence here', meta, email)).rejects.toMatchObject(wrong)
}

describe('wrong passwords', () => {
  it('are free five times, then cost 30 seconds, then 60, and nothing is hashed meanwhile', async () => {
    await guess(5)
    const before = passwords.hashes
    await expect(signIn(PASSWORD)).rejects.toMatchObject(tooMany(30))
    clinic.wait(29_001)
    await expect(signIn(PASSWORD)).rejects.toMatchObject(tooMany(1))
    expect(passwords.hashes).toBe(before)
    clinic.wait(999)
    await guess(1)
    await expect(signIn(PASSWORD)).rejects.toMatchObject(tooMany(60))
    clinic.wait(60_000)
    expect(inside(await signIn(PASSWORD)).account.name).toBe('Amina Hassan')
    await guess(5)
  })

  it('do not slip through when forty come at once', async () => {
    const before = passwords.hashes
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => signIn('a wrong sentence here')))
    expect(passwords.hashes - before).toBe(5)
    const codes = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.problem.code : 'in'))
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5)
    expect(codes.filter((code) => code === 'too-many')).toHaveLength(35)
  })

  it('of somebody elsewhere do not lock a doctor out of her tablet, which has a count of its own', async () => {
    await guess(5)
    expect(inside(await signIn(PASSWORD, { cookie: known })).account.name).toBe('Amina Hassan')
    // Her sign-in does not help the guesser.
    await expect(signIn('a wrong sentence here')).rejects.toMatchObject(tooMany(30))
    await guess(5, { cookie: known })
    await expect(signIn(PASSWORD, { cookie: known })).rejects.toMatchObject(tooMany(30))
  })

  it('stop after 100, until a new password is set; the log has one line for each wait', async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      await guess(1)
      if (tries === 4) for (let early = 0; early < 3; early += 1) await expect(signIn(PASSWORD)).rejects.toMatchObject(tooMany(30))
      clinic.wait(900_000)
    }
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ problem: { code: 'stopped' } })
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ problem: { code: 'stopped' } })
    expect(await clinic.events('account.throttled')).toHaveLength(2)
    await clinic.accounts.requestReset('amina@example.org', META)
    const [open] = await clinic.accounts.openResets()
    const { code } = await clinic.accounts.handOver(open?.id ?? '', { accountId: 'admin', ...META })
    await clinic.accounts.endReset(code, 'nine yellow mangoes fell', META)
    expect(inside(await signIn('nine yellow mangoes fell')).account.name).toBe('Amina Hassan')
  })

  it('count for an address that nobody has, in the same way', async () => {
    await guess(5, undefined, 'nobody@example.org')
    await expect(signIn(PASSWORD, elsewhere(), 'nobody@example.org')).rejects.toMatchObject(tooMany(30))
  })

  it('are 20 in a minute from one address of the network, but not from a known device there', async () => {
    for (let tries = 0; tries < 20; tries += 1) await guess(1, META, `nobody${tries}@example.org`)
    await expect(signIn(PASSWORD, META)).rejects.toMatchObject(tooMany(60))
    expect(inside(await signIn(PASSWORD, { cookie: known })).account.name).toBe('Amina Hassan')
    clinic.wait(60_000)
    expect(inside(await signIn(PASSWORD, META)).account.name).toBe('Amina Hassan')
  })

  it('outlive the process that counted them', async () => {
    await guess(5)
    const { createAccounts } = await import('./accounts.ts')
    const next = createAccounts(clinic.dependencies)
    await expect(next.signIn({ email: 'amina@example.org', password: PASSWORD }, elsewhere())).rejects.toMatchObject(tooMany(30))
  })

  it('are not counted when the server was too busy to look', async () => {
    const looks = passwords.matches
    passwords.matches = () => Promise.reject(Object.assign(new Error('busy')))
    for (let tries = 0; tries < 9; tries += 1) await expect(signIn(PASSWORD)).rejects.toThrow('busy')
    passwords.matches = looks
    expect(inside(await signIn(PASSWORD)).account.name).toBe('Amina Hassan')
  })

  it('a cookie that we did not make is nobody’s known device', async () => {
    const [name] = known.split('=')
    await guess(5, { cookie: `${name}=${'a'.repeat(43)}` })
    await expect(signIn(PASSWORD, { cookie: `${name}=${'b'.repeat(43)}` })).rejects.toMatchObject(tooMany(30))
  })
})

describe('links', () => {
  it('may be wrong 20 times in a minute from one address, and a good one does not count', async () => {
    const { token } = await clinic.accounts.invite('operator', { email: 'juma@example.org', roles: ['viewer'], facilities: [] }, META)
    for (let looks = 0; looks < 30; looks += 1) await clinic.accounts.invitation(token, META)
    for (let tries = 0; tries < 20; tries += 1) {
      const looking = tries % 2 === 0 ? clinic.accounts.invitation(`wrong${tries}`, META) : clinic.accounts.resetView(`wrong${tries}`, META)
      await expect(looking).rejects.toMatchObject({ problem: { code: 'not-found' } })
    }
    await expect(clinic.accounts.invitation(token, META)).rejects.toMatchObject(tooMany(60))
    await expect(clinic.accounts.endReset('AAAA-AAAA-AAAA', PASSWORD, META)).rejects.toMatchObject(tooMany(60))
    const before = (await clinic.actions()).length
    await expect(clinic.accounts.acceptInvitation(token, { name: 'Juma', password: PASSWORD }, META)).rejects.toMatchObject(tooMany(60))
    expect(await clinic.actions()).toHaveLength(before)
    await clinic.accounts.invitation(token, { ...META, ip: '10.0.0.8' })
  })
})

describe('a sign-in that fails does the same work', () => {
  it('for a wrong password, an unknown address and a disabled account: one hash and two transactions, with as many statements', async () => {
    const { id } = (await clinic.accounts.list())[0] ?? { id: '' }
    const measured = async (email: string) => {
      const spy = countWork(clinic.dependencies.database)
      const before = passwords.hashes
      await expect(signIn('a wrong sentence here', elsewhere(), email)).rejects.toMatchObject(wrong)
      spy.stop()
      return { hashes: passwords.hashes - before, ...spy.work }
    }
    const knownAddress = await measured('amina@example.org')
    expect(knownAddress).toMatchObject({ hashes: 1, transactions: 2 })
    expect(await measured('nobody@example.org')).toEqual(knownAddress)
    await clinic.disable(id)
    expect(await measured('amina@example.org')).toEqual(knownAddress)
  })

  it('and a request for a new password does too, whether there is an account or not', async () => {
    const measured = async (email: string) => {
      const spy = countWork(clinic.dependencies.database)
      await clinic.accounts.requestReset(email, elsewhere())
      spy.stop()
      return spy.work
    }
    const knownAddress = await measured('amina@example.org')
    expect(knownAddress.transactions).toBe(2)
    expect(await measured('nobody@example.org')).toEqual(knownAddress)
  })
})

/** Counts transactions, and statements in and out of them. */
function countWork(database: Clinic['dependencies']['database']) {
  const { write } = database
  const { get, all } = database.read
  const work = { transactions: 0, statements: 0, reads: 0 }
  database.write = (inner, after) =>
    write(async (sql) => {
      work.transactions += 1
      const counted =
        (name: 'get' | 'all' | 'run' | 'runEach') =>
        (text: string, ...values: never[]) => {
          work.statements += 1
          return (sql[name] as (text: string, ...values: never[]) => Promise<never>)(text, ...values)
        }
      return inner({ get: counted('get'), all: counted('all'), run: counted('run'), runEach: counted('runEach') })
    }, after)
  const readers: Record<'get' | 'all', unknown> = { get, all }
  for (const name of ['get', 'all'] as const)
    database.read[name] = ((text: string, ...values: never[]) => {
      work.reads += 1
      return (readers[name] as (text: string, ...values: never[]) => Promise<never>)(text, ...values)
    }) as never
  return {
    work,
    stop() {
      database.write = write
      Object.assign(database.read, readers)
    },
  }
}
