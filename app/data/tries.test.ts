import { expect, test } from 'vitest'
import { untilConnected } from './tries.ts'

function trying(random: number, visible = true) {
  const waits: number[] = []
  let next: (() => void) | null = null
  let tried = 0
  const tries = untilConnected({
    patience: { random: () => random, visible: () => visible },
    connect: () => {
      tried += 1
    },
    later: (ms, work) => {
      waits.push(ms)
      next = work
      return () => {
        next = null
      }
    },
  })
  const pass = () => {
    const due = next
    next = null
    due?.()
  }
  return { tries, waits, pass, isIdle: () => next === null, tried: () => tried }
}

test('L4: a connection that is lost is made again after a random time, that grows with each failure up to 5 s', () => {
  const { tries, waits, pass, tried } = trying(0.5)
  for (let times = 0; times < 8; times += 1) {
    tries.failed()
    pass()
  }
  expect(waits).toEqual([250, 500, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500])
  expect(tried()).toBe(8)
})

test('L4: a tablet that nobody looks at waits up to a minute', () => {
  const { tries, waits } = trying(1, false)
  for (let times = 0; times < 9; times += 1) tries.failed()
  expect(waits.at(-1)).toBe(60_000)
})

test('L4: one that has stood for ten seconds begins again with a short wait, and nothing is tried meanwhile', () => {
  const { tries, waits, pass, tried, isIdle } = trying(0.5)
  for (let times = 0; times < 5; times += 1) tries.failed()
  tries.connected()
  expect(waits.at(-1)).toBe(10_000)
  pass()
  expect(tried()).toBe(0)
  expect(isIdle()).toBe(true)
  tries.failed()
  expect(waits.at(-1)).toBe(250)
})

test('L4: one that somebody ends each time as soon as it is there is waited for ever longer', () => {
  const { tries, waits, pass } = trying(0.5)
  for (let times = 0; times < 5; times += 1) {
    tries.failed()
    pass()
    tries.connected()
  }
  expect(waits.filter((ms) => ms !== 10_000)).toEqual([250, 500, 1_000, 2_000, 2_500])
})

test('L4: who comes back into view tries at once, and not twice', () => {
  const { tries, tried, isIdle } = trying(0.5, false)
  tries.failed()
  tries.now()
  expect([tried(), isIdle()]).toEqual([1, true])
  tries.failed()
  tries.stop()
  expect([tried(), isIdle()]).toEqual([1, true])
})
