/**
 * Where what was typed and not saved is kept: for each account and subject a key of its own. The data below removes the
 * drafts of what leaves this device by the beginning of the key and the record's id (app/data/drafts.ts).
 */
export const NEW_RECORD = 'new'

/** @param subject the id of the record or of the question it answers, or NEW_RECORD */
export function draftKey(accountId: string, subject: string): string {
  return `hims.draft.${accountId}.${subject}`
}
