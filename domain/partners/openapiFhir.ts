const FHIR_TYPE = 'application/fhir+json'

/** What FHIR's own documents describe is named here only. */
export function fhirPaths() {
  const resource = { [FHIR_TYPE]: { schema: { $ref: '#/components/schemas/FhirResource' } } }
  const told = (description: string) => ({ description, content: resource })
  const responses = {
    200: told('The resource'),
    401: told('OperationOutcome'),
    403: told('OperationOutcome'),
    404: told('OperationOutcome'),
    429: told('OperationOutcome'),
  }
  const path = (operationId: string, summary: string, id = false, scope = 'fhir.read') => ({
    get: {
      operationId,
      summary,
      description: 'As http://hl7.org/fhir/R4 says; see /fhir/metadata for the parameters.',
      security: [{ token: [scope] }],
      parameters: id ? [{ name: 'id', in: 'path', required: true, description: 'The id of the resource', schema: { type: 'string' } }] : [],
      responses: id ? responses : { ...responses, 400: told('OperationOutcome') },
    },
  })
  return {
    '/fhir/Patient/{id}': path('readPatient', 'Read a client as a FHIR Patient', true),
    '/fhir/Patient': path('searchPatients', 'Search Patients'),
    '/fhir/EpisodeOfCare/{id}': path('readEpisode', 'Read an enrollment as a FHIR EpisodeOfCare', true),
    '/fhir/EpisodeOfCare': path('searchEpisodes', 'Search EpisodesOfCare'),
    '/fhir/AuditEvent/{id}': path('readAuditEvent', 'Read an event of the audit log', true, 'audit.read'),
    '/fhir/AuditEvent': path('searchAuditEvents', 'Search the audit log, oldest first', false, 'audit.read'),
    '/fhir/$export': path('exportAll', 'Begin a bulk export (FHIR Bulk Data Access 2.0)'),
  }
}
