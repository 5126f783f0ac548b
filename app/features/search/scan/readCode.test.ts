import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { readCode } from './readCode.ts'

const SIDE = 480

/** A grey picture with the code as the card prints it, somewhere in it. */
function picture(text: string, scale: number, left: number, top: number): Uint8ClampedArray {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4).fill(150)
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      const shade = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 20 : 240
      rgba.fill(shade, ((top + y) * SIDE + left + x) * 4, ((top + y) * SIDE + left + x) * 4 + 3)
    }
  }
  return rgba
}

test('the code of a card is read, large or small, wherever it is held', () => {
  const number = clientNumber(Uint8Array.from({ length: 12 }, (_, index) => index * 7))
  for (const [scale, left, top] of [
    [4, 40, 60],
    [8, 200, 180],
    [12, 30, 20],
  ] as const)
    expect(readCode(picture(number, scale, left, top), SIDE, SIDE)).toBe(number)
})

test('a picture without a code says nothing', () => {
  expect(readCode(new Uint8ClampedArray(SIDE * SIDE * 4).fill(120), SIDE, SIDE)).toBeNull()
})
