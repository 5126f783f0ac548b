import type { Answer } from '#domain/sync/protocol.ts'

/** The server said no. Transport errors are other errors. */
export class Refused extends Error {
  constructor(readonly answer: Extract<Answer<object>, { ok: false }>) {
    super(answer.detail ?? answer.problem)
    this.name = 'Refused'
  }

  get signedOut(): boolean {
    return this.answer.problem === 'not-signed-in' || this.answer.problem === 'not-permitted'
  }
}

/** This device's own storage failed: full, or gone. */
export class StorageFailure extends Error {
  constructor(cause: unknown) {
    super('this device could not write', { cause })
    this.name = 'StorageFailure'
  }
}

/** A change of more bytes than the server takes: it would wait for ever, or be lost as one that cannot be sent. */
export class ChangeTooLong extends Error {
  constructor(bytes: number) {
    super(`a change of ${bytes} bytes is too long`)
    this.name = 'ChangeTooLong'
  }
}

/** Waits for this device's storage: whatever it throws is a `StorageFailure`, and nothing else is. */
export async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw cause instanceof StorageFailure ? cause : new StorageFailure(cause)
  }
}

/** The server's numbers are of another epoch than its greeting said. */
export class OtherEpoch extends Error {}

export function answered<T>(answer: Answer<T>): { ok: true } & T {
  if (!answer.ok) throw new Refused(answer)
  return answer
}
