import { expect, test } from 'vitest'
import { createLoad } from './load.ts'

test('a server is over its load when its event loop is late, or when pushes wait', () => {
  let delay = 20
  let pushes = false
  const load = createLoad(
    () => pushes,
    () => delay,
  )
  load.look()
  expect(load.isOver()).toBe(false)
  pushes = true
  expect(load.isOver()).toBe(true)
  pushes = false
  delay = 600
  load.look()
  expect(load.isOver()).toBe(true)
  delay = 20
  load.look()
  expect(load.isOver()).toBe(false)
})

test('the real event loop is noticed when it is blocked', async () => {
  const load = createLoad(() => false)
  load.look()
  // The timer that measures needs a first turn.
  await new Promise((resolve) => setTimeout(resolve, 60))
  for (let block = 0; block < 3; block += 1) {
    const until = Date.now() + 900
    while (Date.now() < until);
    await new Promise((resolve) => setImmediate(resolve))
  }
  load.look()
  expect(load.isOver()).toBe(true)
})
