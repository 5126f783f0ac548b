import type { TokenParameters } from '#domain/partners/api.ts'

export type ClientCredentials =
  | { kind: 'given'; clientId: string; clientSecret: string }
  | { kind: 'none' }
  | { kind: 'unreadable' }
  /** RFC 6749 section 2.3: not more than one way in one request. */
  | { kind: 'two-ways' }

/** The credentials of a token request, from HTTP Basic or from its body (RFC 6749 section 2.3.1). */
export function readClientCredentials(authorization: string | undefined, parameters: TokenParameters): ClientCredentials {
  const { client_id: clientId, client_secret: clientSecret } = parameters
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (basic === undefined) {
    return clientId === undefined || clientSecret === undefined ? { kind: 'none' } : { kind: 'given', clientId, clientSecret }
  }
  const given = readBasic(basic)
  if (given.kind !== 'given') return given
  const disagrees = clientSecret !== undefined || (clientId !== undefined && clientId !== given.clientId)
  return disagrees ? { kind: 'two-ways' } : given
}

function readBasic(encoded: string): ClientCredentials {
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  if (id === undefined || secret === undefined) return { kind: 'unreadable' }
  try {
    return { kind: 'given', clientId: formDecoded(id), clientSecret: formDecoded(secret) }
  } catch {
    return { kind: 'unreadable' }
  }
}

function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
