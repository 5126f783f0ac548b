import { execFileSync } from 'node:child_process'

/** The build that the tests run is the one that people run, made from the sources as they are now. */
export default function prepare(): void {
  execFileSync(process.execPath, ['server/operations/prepare.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] })
}
