/** What page.ts uses of PouchDB, so that `tsc` passes where its packages are not installed. */
declare module 'pouchdb-browser' {
  export default class PouchDB {
    static plugin(plugin: object): void
    constructor(name: string, options: { adapter: string })
    replicate: { from(url: string, options: { batch_size: number }): Promise<{ docs_written: number }> }
  }
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: object
  export default plugin
}
