import type { AuditSigner, IsSigned } from './keys.ts'

/** The head of the audit chain as it was at a moment, signed: a row of AuditCheckpoint. */
export interface Checkpoint {
  seq: number
  hash: string
  epoch: string
  /** Of the checkpoint before, so that none can be taken out; 0 for the first. */
  previousSeq: number
  /** UTC ms */
  at: number
  keyId: string
  signature: string
}

/** A signed beginning of the log: events up to `seq` were removed. A row of AuditFloor. */
export type Floor = Pick<Checkpoint, 'seq' | 'hash' | 'at' | 'keyId' | 'signature'>

const KIND = 'hims-audit-1'
const FLOOR = 'hims-audit-floor-1'

export function signCheckpoint(head: Omit<Checkpoint, 'keyId' | 'signature'>, { keyId, sign }: AuditSigner): Checkpoint {
  const unsigned = { ...head, keyId }
  return { ...unsigned, signature: sign(signedText(unsigned)) }
}

export function isCheckpointSigned(checkpoint: Checkpoint, isSigned: IsSigned): boolean {
  return isSigned(checkpoint.keyId, signedText(checkpoint), checkpoint.signature)
}

export function signFloor({ seq, hash, at }: Pick<Floor, 'seq' | 'hash' | 'at'>, { keyId, sign }: AuditSigner): Floor {
  const unsigned = { seq, hash, at, keyId }
  return { ...unsigned, signature: sign(floorText(unsigned)) }
}

export function isFloorSigned(floor: Floor, isSigned: IsSigned): boolean {
  return isSigned(floor.keyId, floorText(floor), floor.signature)
}

/** As people keep it outside of the database, and tablets carry it: `kind.seq.hash.epoch.previousSeq.at.keyId.signature`. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${signedText(checkpoint)}.${checkpoint.signature}`
}

/** @returns null for what is no checkpoint; whether it is signed is another question */
export function readCheckpoint(text: string): Checkpoint | null {
  const found = /^hims-audit-1\.(\d{1,15})\.([0-9a-f]{64})\.([\w-]+)\.(\d{1,15})\.(\d{1,15})\.([\w-]+)\.([\w-]+)$/.exec(text.trim())
  if (found === null) return null
  const [, seq, hash = '', epoch = '', previousSeq, at, keyId = '', signature = ''] = found
  return { seq: Number(seq), hash, epoch, previousSeq: Number(previousSeq), at: Number(at), keyId, signature }
}

function signedText({ seq, hash, epoch, previousSeq, at, keyId }: Omit<Checkpoint, 'signature'>): string {
  return [KIND, seq, hash, epoch, previousSeq, at, keyId].join('.')
}

function floorText({ seq, hash, at, keyId }: Omit<Floor, 'signature'>): string {
  return [FLOOR, seq, hash, at, keyId].join('.')
}
