import { expect, test } from 'vitest'
import { createHealth } from './health.ts'

const answer = <T>(value: T) => Promise.resolve(value) as Promise<never>

test('a disk that takes no write is told, and that it does again, without a restart', async () => {
  let isFull = false
  let at = 0
  const health = createHealth({ write: () => (isFull ? Promise.reject(new Error('disk is full')) : answer(1)) }, () => at)
  expect(await health.readiness()).toBe('ready')
  isFull = true
  at += 1_000
  expect(await health.readiness()).toBe('database')
  isFull = false
  at += 1_000
  expect(await health.readiness()).toBe('ready')
})

test('however often it is asked, one write is tried in a second', async () => {
  let writes = 0
  const health = createHealth({
    write: () => {
      writes += 1
      return answer(1)
    },
  })
  await Promise.all(Array.from({ length: 50 }, () => health.readiness()))
  expect(writes).toBe(1)
})

test('a process that stops is not ready from the first moment on, also for whoever is waiting', async () => {
  let written: (value: never) => void = () => undefined
  const health = createHealth({ write: () => new Promise<never>((resolve) => (written = resolve)) })
  const asked = health.readiness()
  health.stopping()
  written(1 as never)
  expect(await asked).toBe('stopping')
  expect(await health.readiness()).toBe('stopping')
})
