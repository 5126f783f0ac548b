/** One device that edits, and others that wait for it. */
export interface Line {
  /** @returns for each other device the ms until it had the record */
  edit(): Promise<number[]>
  close(): Promise<void>
}
