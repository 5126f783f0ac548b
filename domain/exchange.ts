/** Files of people that leave the system. */
export const EXPORT_KINDS = ['clients-csv', 'enrollments-csv', 'fhir'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** Why somebody takes people elsewhere: chosen, not written, so that the audit log names nobody. */
export const EXPORT_REASONS = ['report', 'other-system', 'referral', 'research', 'asked-by-client', 'check'] as const
export type ExportReason = (typeof EXPORT_REASONS)[number]
