import type { World } from '../world.ts'
import { everyTabletEqualsTheServer, nothingIsLeftBehind, nothingWaitsInAnOverlay, wipedTabletsAreEmpty } from './equal.ts'
import { nothingOfTheErasedIsLeft } from './erased.ts'
import { whatMirrorsHeldIsHandedIn } from './handedIn.ts'
import { nothingIsAppliedTwice, replacedValuesAreKept } from './kept.ts'
import { nothingIsLost, whatIsRejectedIsAsked } from './lost.ts'
import { type Finding, found, type Proof } from './proof.ts'
import { resentChangesKeepTheirOrder } from './resent.ts'
import { foldingTheHistoryGivesTheState, sumsEqualARecount } from './sums.ts'
import { nothingWasOverwrittenUnseen } from './unseen.ts'

const PROOFS: readonly Proof[] = [
  nothingIsLost,
  nothingIsAppliedTwice,
  replacedValuesAreKept,
  nothingWasOverwrittenUnseen,
  resentChangesKeepTheirOrder,
  whatMirrorsHeldIsHandedIn,
  whatIsRejectedIsAsked,
  everyTabletEqualsTheServer,
  nothingWaitsInAnOverlay,
  nothingIsLeftBehind,
  wipedTabletsAreEmpty,
  nothingOfTheErasedIsLeft,
  sumsEqualARecount,
  foldingTheHistoryGivesTheState,
  nothingHadToBeRepaired,
]

/** Everything that must hold at rest, whatever happened before. */
export async function checkAll(world: World): Promise<Finding[]> {
  const sql = world.host.live.database.read
  const findings: Finding[] = []
  for (const proof of PROOFS) findings.push(...(await proof(world, sql)))
  return findings
}

/** The manifest check is the last net: nothing falls into it but what the tester dropped. */
async function nothingHadToBeRepaired(world: World): Promise<Finding[]> {
  const more = world.devices.filter(({ repairs, damaged }) => repairs > damaged)
  return found(
    'repaired',
    more.map(({ name, repairs, damaged }) => `${name}: ${repairs} records, of which ${damaged} were damaged by the tester`),
  )
}
