import type { Collection } from '#domain/collections.ts'
import type { Step } from './batch.ts'
import { recordKey } from './recordKey.ts'

/** The steps that name a record, found without looking at all of them for each change. */
export class StepsByRecord {
  readonly #byKey = new Map<string, Step[]>()
  #indexed = 0
  #last: Step | undefined

  constructor(readonly steps: readonly Step[]) {}

  of(collection: Collection, recordId: string): readonly Step[] {
    this.#catchUp()
    return this.#byKey.get(recordKey(collection, recordId)) ?? []
  }

  #catchUp(): void {
    // Steps that were taken back or moved: what is indexed no longer stands for the first of them.
    if (this.steps[this.#indexed - 1] !== this.#last) {
      this.#byKey.clear()
      this.#indexed = 0
    }
    for (const step of this.steps.slice(this.#indexed)) {
      for (const key of step.touched) {
        const known = this.#byKey.get(key)
        if (known) known.push(step)
        else this.#byKey.set(key, [step])
      }
    }
    this.#indexed = this.steps.length
    this.#last = this.steps.at(-1)
  }
}
