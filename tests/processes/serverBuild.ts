import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/**
 * The server as `npm start` runs it, built from the sources as they are now, in a folder of this process's own: it takes
 * half a second, and no other run can pull the files from under a server that is just starting.
 */
export function buildServer(): { script: string; remove(): void } {
  const folder = `.cache/processes/${process.pid}`
  execFileSync(process.execPath, ['server/operations/build.mjs', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
  return { script: `${folder}/index.js`, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
