import { SCOPES } from './api.ts'

/** What a client library finds by itself: RFC 8414 section 2. @param origin of the installation, which is the issuer */
export function serverMetadata(origin: string) {
  return {
    issuer: origin,
    token_endpoint: `${origin}/api/auth/token/`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    scopes_supported: [...SCOPES],
    // There is no authorization endpoint: nobody is asked for consent in a browser.
    response_types_supported: [] as string[],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    service_documentation: `${origin}/api/docs`,
  }
}
