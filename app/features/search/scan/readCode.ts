import { decodeQR } from 'qr/decode.js'

/** What a QR code in the picture says; null when there is none. @param data RGBA, row by row */
export function readCode(data: Uint8ClampedArray, width: number, height: number): string | null {
  try {
    return decodeQR({ data, width, height })
  } catch {
    // Of most pictures of a camera: nothing to be read in it.
    return null
  }
}
