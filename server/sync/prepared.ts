/**
 * An answer whose JSON is there already, written by the database: the gateway puts it on the wire as it is
 * (server/sync/wire.ts). Whoever else looks at it sees the object.
 */
export class Prepared {
  readonly ok = true
  /** @param fields what follows `"ok":true`: the inside of a JSON object */
  constructor(readonly fields: string) {}

  get json(): string {
    return `{"ok":true,${this.fields}}`
  }

  toJSON(): unknown {
    return JSON.parse(this.json)
  }
}
