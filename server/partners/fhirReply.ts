import { type Failure, NO_STORE, type Reply } from './reply.ts'

export const FHIR_TYPE = 'application/fhir+json'

export function fhirJson(status: number, resource: unknown, headers: Reply['headers'] = NO_STORE): Reply {
  return { status, headers: { 'Content-Type': FHIR_TYPE, ...headers }, body: JSON.stringify(resource) }
}

/** http://hl7.org/fhir/R4/valueset-issue-type.html */
const ISSUE_CODES: Record<number, string> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  429: 'throttled',
}

/** http://hl7.org/fhir/R4/operationoutcome.html */
export const fhirFailure: Failure = (status, diagnostics, headers = {}) =>
  fhirJson(
    status,
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: ISSUE_CODES[status] ?? 'exception', diagnostics }] },
    { ...NO_STORE, ...headers },
  )
