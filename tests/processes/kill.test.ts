import { openClinic } from './clinic.ts'
import { proveKills } from './killing.ts'

proveKills('of the server', openClinic)
