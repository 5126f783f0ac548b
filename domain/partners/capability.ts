/** What the FHIR side can do; http://hl7.org/fhir/R4/capabilitystatement.html. @param origin of the installation */
export function capabilityStatement(origin: string, version: string) {
  const read = [{ code: 'read' }, { code: 'search-type' }]
  const parameter = (name: string, type: string) => ({ name, type })
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: RELEASED,
    kind: 'instance',
    software: { name: 'HIMS', version },
    implementation: { description: 'Clients and their enrollments, as partner applications may see them', url: `${origin}/fhir` },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }],
              text: 'OAuth2 client credentials',
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [{ url: 'token', valueUri: `${origin}/api/auth/token/` }],
            },
          ],
        },
        resource: [
          {
            type: 'Patient',
            interaction: read,
            searchParam: Object.entries(PATIENT_PARAMETERS).map(([name, type]) => parameter(name, type)),
            operation: [{ name: 'export', definition: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export' }],
          },
          {
            type: 'EpisodeOfCare',
            interaction: read,
            searchParam: Object.entries(EPISODE_PARAMETERS).map(([name, type]) => parameter(name, type)),
          },
          {
            type: 'AuditEvent',
            documentation: 'The audit log, for applications with the scope audit.read',
            interaction: read,
            searchParam: Object.entries(AUDIT_EVENT_PARAMETERS).map(([name, type]) => parameter(name, type)),
          },
        ],
        operation: [{ name: 'export', definition: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export' }],
      },
    ],
  }
}

const RELEASED = '2026-11-25'

/** Search parameters and their types; http://hl7.org/fhir/R4/search.html */
export const PATIENT_PARAMETERS = {
  _id: 'token',
  _lastUpdated: 'date',
  identifier: 'token',
  name: 'string',
  family: 'string',
  given: 'string',
  birthdate: 'date',
  gender: 'token',
} as const

/** `subtype`: the action as the log names it, such as client.viewed. */
export const AUDIT_EVENT_PARAMETERS = { _id: 'token', date: 'date', outcome: 'token', subtype: 'token', patient: 'reference' } as const

export const EPISODE_PARAMETERS = { _id: 'token', _lastUpdated: 'date', patient: 'reference', status: 'token' } as const
