import { SCOPES } from './api.ts'
import { ASSERTION_ALGORITHMS } from './keySet.ts'

const AUTHENTICATION = {
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...ASSERTION_ALGORITHMS],
}

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
    ...AUTHENTICATION,
    introspection_endpoint: `${origin}/api/auth/introspect/`,
    introspection_endpoint_auth_methods_supported: AUTHENTICATION.token_endpoint_auth_methods_supported,
    introspection_endpoint_auth_signing_alg_values_supported: AUTHENTICATION.token_endpoint_auth_signing_alg_values_supported,
    revocation_endpoint: `${origin}/api/auth/revoke/`,
    revocation_endpoint_auth_methods_supported: AUTHENTICATION.token_endpoint_auth_methods_supported,
    revocation_endpoint_auth_signing_alg_values_supported: AUTHENTICATION.token_endpoint_auth_signing_alg_values_supported,
    service_documentation: `${origin}/api/docs`,
  }
}

/** The same in the words of SMART App Launch 2.2, section 7.2, for backend services. */
export function smartConfiguration(origin: string) {
  return {
    issuer: origin,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    token_endpoint: `${origin}/api/auth/token/`,
    introspection_endpoint: `${origin}/api/auth/introspect/`,
    revocation_endpoint: `${origin}/api/auth/revoke/`,
    ...AUTHENTICATION,
    grant_types_supported: ['client_credentials'],
    scopes_supported: ['system/Patient.rs', 'system/EpisodeOfCare.rs', 'system/*.rs', ...SCOPES],
    response_types_supported: [] as string[],
    code_challenge_methods_supported: ['S256'],
    capabilities: ['client-confidential-symmetric', 'client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
  }
}
