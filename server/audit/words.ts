import type { AuditFault, AuditVerdict } from './verify.ts'

/** A verdict for the person at the terminal, a sentence each. The screens have words of their own. */
export function wordsOf(verdict: AuditVerdict): string[] {
  if (verdict.kind !== 'whole') return [faultInWords(verdict)]
  const { events, checkpoints, beginsAfter, signedUpTo, missingGuards } = verdict
  return [
    `The audit log is whole: ${events} events, ${checkpoints} signed checkpoints.`,
    ...(beginsAfter === 0 ? [] : [`It begins after event ${beginsAfter}: older ones were removed by AUDIT_KEEP_DAYS.`]),
    ...(signedUpTo === 0 && events > 0 ? ['No event is signed yet.'] : []),
    ...(signedUpTo > 0 ? [`Everything up to event ${signedUpTo} is signed.`] : []),
    ...(missingGuards.length === 0 ? [] : [`The database no longer guards it: ${missingGuards.join(', ')} missing or altered.`]),
  ]
}

function faultInWords({ kind, firstBadSeq, foundIn }: AuditFault): string {
  if (kind === 'cut-short') return `The audit log is cut short: event ${firstBadSeq} and what followed are missing${CUT[foundIn] ?? ''}.`
  return ALTERED[foundIn](firstBadSeq)
}

const CUT: Partial<Record<AuditFault['foundIn'], string>> = {
  checkpoint: ', as a signed checkpoint tells',
  kept: ', as a checkpoint kept outside of the database tells',
}

const ALTERED: Record<AuditFault['foundIn'], (seq: number) => string> = {
  event: (seq) => `The audit log was altered: event ${seq} is not what was written.`,
  tail: (seq) => `The audit log was altered: its end does not fit event ${seq}.`,
  checkpoint: (seq) => `The audit log was altered: from event ${seq} on it does not fit its signed checkpoints.`,
  floor: (seq) => `The audit log was altered: that it begins after event ${seq} is not signed.`,
  kept: (seq) => `The audit log was altered: from event ${seq} on it does not fit a checkpoint kept outside of the database.`,
}
