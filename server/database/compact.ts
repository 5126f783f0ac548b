import { Worker } from 'node:worker_threads'

/**
 * In a thread and with a connection of its own: a large file takes seconds, and meanwhile everybody is read to. As text,
 * so that it needs no file of its own in the build; `require` starts at the folder that the server starts in.
 */
const VACUUM = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require('better-sqlite3')
const connection = new Database(workerData, { timeout: 0 })
try {
  connection.exec('VACUUM')
  parentPort.postMessage('done')
} catch (error) {
  parentPort.postMessage(error.code ?? String(error))
} finally {
  connection.close()
}`

/**
 * Writes the file anew. Of pages that were parted SQLite leaves copies of rows in free space, also with secure_delete
 * (5 of 1,500 texts in 6,000 transactions, better-sqlite3 12.11), so what must be gone needs this.
 * @returns false when another connection is in the way, or there is no room for a second copy
 */
export async function vacuum(file: string): Promise<boolean> {
  const answer = await new Promise<string>((resolve, reject) => {
    const worker = new Worker(VACUUM, { eval: true, workerData: file })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (answer === 'done') return true
  if (/^SQLITE_(BUSY|FULL)/.test(answer)) return false
  throw new Error(`the database could not be written anew: ${answer}`)
}
