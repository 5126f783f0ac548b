import { BlockList, isIP } from 'node:net'

/** Whether the machine with this address may say whom it speaks for. */
export type TrustsProxy = (address: string) => boolean

const FAMILY = { 4: 'ipv4', 6: 'ipv6' } as const

/**
 * @param setting addresses and networks such as `10.0.0.7, 192.168.1.0/24`, separated by commas; empty trusts nobody
 * @returns null when one of them is no address
 */
export function readProxies(setting: string): TrustsProxy | null {
  const proxies = new BlockList()
  const words = setting.split(',').map((word) => word.trim())
  for (const word of words.filter((word) => word !== '')) if (!add(proxies, word)) return null
  if (proxies.rules.length === 0) return () => false
  return (address) => {
    const family = familyOf(address)
    return family !== null && proxies.check(address, family)
  }
}

function add(proxies: BlockList, word: string): boolean {
  const [address = '', bits, more] = word.split('/')
  const family = familyOf(address)
  const most = family === 'ipv4' ? 32 : 128
  if (family === null || more !== undefined || (bits !== undefined && !(/^\d+$/.test(bits) && Number(bits) <= most))) return false
  if (bits === undefined) proxies.addAddress(address, family)
  else proxies.addSubnet(address, Number(bits), family)
  return true
}

/** Who is asking: each trusted proxy names the one before it, and the first that is not trusted is the caller. */
export function callerAddress(peer: string, forwardedFor: string | undefined, trusts: TrustsProxy): string {
  const named = (forwardedFor ?? '').split(',').map((address) => address.trim())
  let caller = peer
  while (trusts(caller)) {
    const before = named.pop()
    if (before === undefined || familyOf(before) === null) break
    caller = before
  }
  // An IPv4 connection to a socket that listens for both: one machine, one spelling.
  return caller.replace(/^::ffff:(?=\d+[.])/i, '')
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address)
  return version === 0 ? null : FAMILY[version as 4 | 6]
}
