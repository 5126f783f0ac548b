import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readConfig, StartProblem } from './config.ts'

let DATA_DIR: string

beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'hims-config-'))
})

test('nothing set gives safe defaults and a secret of its own', () => {
  const config = readConfig({ DATA_DIR })
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', origin: 'http://localhost:3000', timeZone: 'UTC', tls: null, demo: false })
  expect(config.databaseUrl).toBe(`file:${join(DATA_DIR, 'hims.sqlite')}`)
  expect(config).toMatchObject({ mail: null, tries: { free: 5, firstWaitS: 30, longestWaitS: 900, stopAt: 100, perIpAndMinute: 20 } })
  expect(config.secret.length).toBeGreaterThanOrEqual(32)
  expect(statSync(join(DATA_DIR, 'secret')).mode & 0o777).toBe(0o600)
  expect(readConfig({ DATA_DIR }).secret).toBe(config.secret)
})

test('the limits are those of docs/security.md unless an operator sets others, and no proxy is believed', () => {
  const { limits, trustsProxy } = readConfig({ DATA_DIR })
  expect(limits).toEqual({
    apiRefusals: 600,
    bodyBytes: 256 * 1024,
    headerBytes: 16 * 1024,
    requestMs: 30_000,
    socketsPerSession: 3,
    eventsPerSecond: 50,
    socketBufferBytes: 1024 * 1024,
  })
  expect(trustsProxy('127.0.0.1')).toBe(false)
  expect(readConfig({ DATA_DIR, SESSION_SOCKETS: '5' }).limits.socketsPerSession).toBe(5)
})

describe('a wrong setting stops the start with one sentence', () => {
  test.each([
    [{ PORT: 'http' }, /^PORT is "http" but must be a number from 1 to 65535\./],
    [{ PORT: '70000' }, /^PORT is "70000"/],
    [{ TIME_ZONE: 'Mars/Olympus' }, /^TIME_ZONE is "Mars\/Olympus" but must be the name of a time zone/],
    [{ DEMO: 'yes' }, /^DEMO is "yes"/],
    [{ SMTP_URL: 'mail.example.org' }, /^SMTP_URL must be an address such as smtp:/],
    [{ SMTP_URL: 'smtp://mail.example.org' }, /^SMTP_URL and MAIL_FROM go together/],
    [{ TRIES_FREE: '0' }, /^TRIES_FREE is "0" but must be a whole number from 1/],
    [{ ORIGIN: 'clinic' }, /^ORIGIN is "clinic" but must be an address/],
    [{ HOST: '0.0.0.0' }, /^HOST is 0\.0\.0\.0, so other machines can connect, but tablets need a secure address/],
    [{ HOST: '0.0.0.0', ORIGIN: 'http://clinic.example.org' }, /^HOST is 0\.0\.0\.0/],
    [{ TLS_CERT: '/nowhere.pem' }, /^TLS_CERT and TLS_KEY go together/],
    [{ TLS_CERT: '/nowhere.pem', TLS_KEY: '/nowhere.key' }, /^The TLS file \/nowhere\.pem does not exist/],
    [{ SECRET: 'change-me' }, /^SECRET is too short or still the example/],
    [{ TRUST_PROXY: 'true' }, /^TRUST_PROXY is "true" but must be addresses such as 10\.0\.0\.7/],
    [{ BODY_KB: '1' }, /^BODY_KB is "1" but must be a number from 16 to 4096/],
    [{ SOCKET_EVENTS: 'many' }, /^SOCKET_EVENTS is "many" but must be a number from 10 to 1000/],
    [{ SECRET: 'short' }, /^SECRET is too short/],
    [{ DATABASE_URL: 'postgresql://db/hims' }, /^SECRET is missing/],
  ])('%o', (settings, words) => {
    expect(() => readConfig({ DATA_DIR, ...settings })).toThrow(StartProblem)
    expect(() => readConfig({ DATA_DIR, ...settings })).toThrow(words)
  })
})

test('a database whose secret is gone is not started with a new one', () => {
  writeFileSync(join(DATA_DIR, 'hims.sqlite'), '')
  expect(() => readConfig({ DATA_DIR })).toThrow(/its secret .+ is missing: bring the file back from a backup/)
  expect(existsSync(join(DATA_DIR, 'secret'))).toBe(false)
  rmSync(join(DATA_DIR, 'hims.sqlite'))
})

test('other machines may connect over https', () => {
  expect(readConfig({ DATA_DIR, HOST: '0.0.0.0', ORIGIN: 'https://clinic.example.org' }).origin).toBe('https://clinic.example.org')
})
