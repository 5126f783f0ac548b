import { expect, test } from 'vitest'
import { isInRoom, placeIn, roomAt, settled, sharedAlsoWith, sharedNoMoreWith } from './place.ts'

const home = { facilityId: 'north', sharedWith: null }

test('a record that is not shared is in the room of its facility', () => {
  expect(roomAt(home)).toBe('north')
  expect(placeIn('north')).toEqual(home)
})

test('those it is shared with stand in the room’s name in one order, whoever came first', () => {
  const one = sharedAlsoWith(sharedAlsoWith(home, 'south'), 'east')
  const other = sharedAlsoWith(sharedAlsoWith(home, 'east'), 'south')
  expect(roomAt(one)).toBe('north+east+south')
  expect(other).toEqual(one)
  expect(placeIn('north+east+south')).toEqual(one)
  expect(sharedAlsoWith(one, 'east')).toEqual(one)
})

test('a sharing that ends, and one with the home itself, are none', () => {
  const shared = sharedAlsoWith(home, 'east')
  expect(sharedNoMoreWith(shared, 'east')).toEqual(home)
  expect(sharedNoMoreWith(shared, 'south')).toEqual(shared)
  expect(sharedAlsoWith(home, 'north')).toEqual(home)
  expect(settled({ facilityId: 'east', sharedWith: 'east' })).toEqual({ facilityId: 'east', sharedWith: null })
})

test('who works at any of its facilities is in a room, and nobody by a part of a name', () => {
  expect(isInRoom(['east'], 'north+east')).toBe(true)
  expect(isInRoom(['north'], 'north+east')).toBe(true)
  expect(isInRoom(['eas', 'orth'], 'north+east')).toBe(false)
  expect(isInRoom([], 'north')).toBe(false)
  expect(isInRoom(['*'], '*')).toBe(true)
})
