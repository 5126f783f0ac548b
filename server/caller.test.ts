import { describe, expect, test } from 'vitest'
import { callerAddress, readProxies } from './caller.ts'

const nobody = readProxies('') ?? (() => true)
const proxy = readProxies('10.0.0.7, 192.168.1.0/24, ::1') ?? nobody

describe('who is asking', () => {
  test('without a trusted proxy it is the other end of the connection, whatever the request says', () => {
    expect(callerAddress('203.0.113.9', '1.2.3.4', nobody)).toBe('203.0.113.9')
    expect(callerAddress('10.0.0.7', '1.2.3.4', nobody)).toBe('10.0.0.7')
  })

  test('a trusted proxy names its caller, and a caller cannot name another', () => {
    expect(callerAddress('10.0.0.7', '203.0.113.9', proxy)).toBe('203.0.113.9')
    expect(callerAddress('10.0.0.7', '1.2.3.4, 203.0.113.9', proxy)).toBe('203.0.113.9')
    expect(callerAddress('203.0.113.9', '1.2.3.4', proxy)).toBe('203.0.113.9')
  })

  test('a chain of trusted proxies is followed to its end', () => {
    expect(callerAddress('::1', '203.0.113.9, 192.168.1.44, 10.0.0.7', proxy)).toBe('203.0.113.9')
    expect(callerAddress('10.0.0.7', undefined, proxy)).toBe('10.0.0.7')
  })

  test('what is no address ends the chain at the proxy', () => {
    for (const words of ['unknown', '', "'; DROP TABLE", '203.0.113.9:443', 'x'.repeat(10_000)])
      expect(callerAddress('10.0.0.7', words, proxy), words.slice(0, 20)).toBe('10.0.0.7')
  })

  test('an IPv4 caller has one spelling', () => {
    expect(callerAddress('::ffff:10.0.0.7', '203.0.113.9', proxy)).toBe('203.0.113.9')
    expect(callerAddress('::ffff:203.0.113.9', undefined, proxy)).toBe('203.0.113.9')
  })

  test('a proxy that is no address is not understood', () => {
    for (const words of ['true', '*', '10.0.0', '10.0.0.7/33', '10.0.0.7/', '10.0.0.7/8/8', 'proxy.example.org'])
      expect(readProxies(words), words).toBeNull()
  })
})
