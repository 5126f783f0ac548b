import { expect, it } from 'vitest'
import { judgeTry, networkOf, type Tries } from './tries.ts'

const LIMITS = { free: 5, firstWaitS: 30, longestWaitS: 900, stopAt: 100, perIpAndMinute: 20 }

/** The waits after each wrong try, by somebody who always waits as long as was asked, in seconds. */
function waits(kind: 'password' | 'request', tries: number): (number | 'stopped')[] {
  let at = 0
  let known: Tries | null = null
  return Array.from({ length: tries }, () => {
    const verdict = judgeTry(kind, known, LIMITS, at)
    if (verdict.kind !== 'go') return 'stopped' as const
    known = verdict.next
    const waited = Math.max(0, known.blockedUntil - at)
    at += waited
    return waited / 1_000
  })
}

it('five tries are free, then the wait is 30 seconds and doubles up to 15 minutes', () => {
  expect(waits('password', 12)).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900])
})

it('after 100 tries only a new password helps, but a request never stops', () => {
  expect(waits('password', 101).slice(-2)).toEqual([900, 'stopped'])
  expect(waits('request', 101).at(-1)).toBe(900)
})

it('who comes too early is told how many seconds are left', () => {
  const known = { count: 5, since: 0, blockedUntil: 30_000 }
  expect(judgeTry('password', known, LIMITS, 1_500)).toEqual({ kind: 'wait', retryAfterS: 29 })
})

it('an address may be wrong 20 times in a minute', () => {
  let known: Tries | null = null
  for (let tries = 0; tries < 20; tries += 1) {
    const verdict = judgeTry('ip', known, LIMITS, tries * 1_000)
    expect(verdict.kind).toBe('go')
    if (verdict.kind === 'go') known = verdict.next
  }
  expect(judgeTry('ip', known, LIMITS, 20_000)).toEqual({ kind: 'wait', retryAfterS: 40 })
  expect(judgeTry('ip', known, LIMITS, 60_000)).toMatchObject({ kind: 'go', next: { count: 1 } })
})

it.each([
  ['10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the address %s counts as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
