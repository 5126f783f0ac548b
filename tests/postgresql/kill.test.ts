import { openNodes } from '../processes/clinic.ts'
import { proveKills } from '../processes/killing.ts'

proveKills('of three nodes and of PostgreSQL', openNodes)
