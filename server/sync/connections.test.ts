import { expect, test } from 'vitest'
import { Connections, holderOf } from './connections.ts'

function setUp() {
  const connections = new Connections(3)
  const ended: string[] = []
  const come = (name: string, tablet: boolean, holder = 'session a') => connections.take(holder, { tablet, end: () => ended.push(name) })
  return { ended, come }
}

test('a fourth dashboard of a session waits until one goes; another session is not concerned', () => {
  const { ended, come } = setUp()
  const first = come('one', false)
  come('two', false)
  come('three', false)
  expect(come('four', false)).toBeNull()
  expect(come('other', false, 'session b')).not.toBeNull()
  first?.()
  expect(come('four', false)).not.toBeNull()
  expect(ended).toEqual([])
})

test('a tablet gets a place: of a dashboard first, else of its own oldest connection', () => {
  const { ended, come } = setUp()
  come('tablet one', true)
  come('dashboard', false)
  come('tablet two', true)
  expect(come('tablet three', true)).not.toBeNull()
  expect(come('tablet four', true)).not.toBeNull()
  expect(ended).toEqual(['dashboard', 'tablet one'])
})

test('connections are counted by the session cookie alone, whatever else is sent', () => {
  const own = holderOf('hims_Ab-9_x=secret', undefined)
  expect(holderOf('language=sw; hims_Ab-9_x=secret; more=1', 'device')).toBe(own)
  expect(holderOf('__Host-hims_Ab-9_x=secret', undefined)).toBe(own)
  expect(holderOf('hims_Ab-9_x=other', undefined)).not.toBe(own)
  expect(holderOf('language=sw', 'device-1')).toBe(holderOf(undefined, 'device-1'))
})
