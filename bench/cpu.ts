import { readFileSync } from 'node:fs'

/** A tick of the kernel's clock (USER_HZ is 100 on every Linux that Node runs on). */
const TICK_MS = 10

/** ms of CPU that a process has used, in all its threads: it says what work costs also when others use the machine. NaN without /proc. */
export function cpuMs(pid: number | undefined): number {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const fields = after.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return Number.NaN
  }
}
