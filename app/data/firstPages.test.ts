import { expect, test } from 'vitest'
import type { SnapshotPage } from '#domain/sync/protocol.ts'
import { bringFirstPages, type FirstPagesOptions } from './firstPages.ts'
import type { Progress } from './progress.ts'

const page = (records: { id: string; seq: number }[], total: number): SnapshotPage =>
  ({ epoch: 'e1', seq: 25, total, witness: null, records }) as never

/** A tablet that is cut off at a step: what it had written until then stays. */
function interrupted(pages: SnapshotPage[], at: number) {
  const progress: Progress = { epoch: 'e1', cursors: {}, arriving: {}, brought: {}, rebuilding: false, before: null, witness: null }
  const done: string[] = []
  const step = (what: string) => {
    if (done.length === at) throw new Error('cut off')
    done.push(what)
  }
  const options = {
    mirror: { write: async () => step('records') },
    progress: {
      read: () => progress,
      write: async (_: string, change: Partial<Progress>) => {
        step(change.cursors ? 'arrived' : 'begun')
        Object.assign(progress, change)
      },
      remember: () => undefined,
    },
    transport: { snapshot: async () => pages.shift() },
    onArrived: () => undefined,
  } as unknown as FirstPagesOptions
  const run = bringFirstPages(options, { collection: 'clients', epoch: 'e1', seen: null }, ['main']).catch(() => undefined)
  return { run, progress, done }
}

test('F1 F3: whenever a tablet is cut off, a record that came is of a room that is known to be arriving from then on', async () => {
  const newest = [
    { id: 'b', seq: 25 },
    { id: 'a', seq: 11 },
  ]
  for (const total of [2, 3]) {
    for (let at = 0; at < 6; at += 1) {
      const { run, progress, done } = interrupted([page(newest, total), page(newest, total)], at)
      await run
      const from = progress.cursors.main ?? progress.arriving.main?.seq
      // Who is removed before it goes on is told of by the numbers after that.
      if (done.includes('records')) expect(from, `${total}, cut off at ${at}: ${done}`).toBe(25)
    }
  }
})
