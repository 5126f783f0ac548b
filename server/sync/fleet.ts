import { refuse } from '#domain/problem.ts'
import type { Administrator } from '#server/accounts/access.ts'
import { accountEvent } from '#server/accounts/requestMeta.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'

/** A device as the office sees it. Times are UTC ms. */
export interface ListedDevice {
  id: string
  accountId: string
  accountName: string | null
  app: string | null
  lastSeenAt: number
  /** Of this account. */
  unsent: number | null
  /** Of the other accounts on the same tablet: with `unsent`, all that it holds. */
  unsentOthers: number | null
  /** Changes that its mirror had not received when it greeted last; null when it never said. */
  behind: number | null
  clockOffset: number | null
  repairs: number | null
  revokedAt: number | null
  wipedAt: number | null
}

/** A change that was handed in: what it was about, never what is in it. */
export interface HandedIn {
  changeId: string
  deviceId: string
  accountName: string | null
  n: number
  receivedAt: number
  collection: string
  recordId: string
}

/** A change that was not taken, or waits: what it was about and why, never what is in it. */
export interface NotTaken extends HandedIn {
  outcome: 'rejected' | 'parked'
  reason: string | null
}

const MOST_DEVICES = 500
const MOST_HANDED_IN = 200
const MOST_NOT_TAKEN = 200

/** The tablets of this installation. @param onRevoked hears whose connections have to end */
export function createFleet({ database, now }: Pick<Dependencies, 'database' | 'now'>, onRevoked: (accountId: string) => void) {
  return {
    /** Last seen first. */
    list: (): Promise<ListedDevice[]> =>
      database.read.all<ListedDevice>(
        `SELECT d.id, d."accountId", a.name AS "accountName", d.app, d."lastSeenAt", d.unsent, d."unsentOthers", t.seq - d.cursor AS behind, d."clockOffset",
           d.repairs, d."revokedAt", d."wipedAt"
         FROM "Device" d LEFT JOIN "Account" a ON a.id = d."accountId" CROSS JOIN "Tail" t ORDER BY d."lastSeenAt" DESC LIMIT ?`,
        MOST_DEVICES,
      ),

    /** Newest first. */
    async handedIn(): Promise<HandedIn[]> {
      const rows = await database.read.all<HandedIn & { body: string | null }>(
        `SELECT p."changeId", p."deviceId", a.name AS "accountName", p.n, p.body, p."receivedAt", p.collection, p."recordId"
         FROM "Push" p LEFT JOIN "Account" a ON a.id = p."accountId" WHERE p.outcome = 'rejected' AND p.reason = 'quarantined' ORDER BY p."receivedAt" DESC, p.seq LIMIT ?`,
        MOST_HANDED_IN,
      )
      // The device's own number is in the change, unless that was erased: the row's may be another (server/sync/devices.ts).
      return rows.map(({ body, ...row }) => (body === null ? row : { ...row, n: Number((JSON.parse(body) as { n: number }).n) }))
    },

    /** Newest first; what was handed in is listed for itself. */
    notTaken: (): Promise<NotTaken[]> =>
      database.read.all<NotTaken>(
        `SELECT p."changeId", p."deviceId", a.name AS "accountName", p.n, p."receivedAt", p.collection, p."recordId", p.outcome, p.reason
         FROM (
           SELECT * FROM (SELECT * FROM "Push" WHERE outcome = 'rejected' AND reason <> 'quarantined' ORDER BY "receivedAt" DESC LIMIT ?) r
           UNION ALL SELECT * FROM (SELECT * FROM "Push" WHERE outcome = 'parked' ORDER BY "receivedAt" DESC LIMIT ?) w
         ) p LEFT JOIN "Account" a ON a.id = p."accountId" ORDER BY p."receivedAt" DESC, p.seq DESC LIMIT ?`,
        MOST_NOT_TAKEN,
        MOST_NOT_TAKEN,
        MOST_NOT_TAKEN,
      ),

    /**
     * The device hands in and forgets at its next connection. Its session must not outlive that, and no session knows its
     * device, so all sessions of the account end. Throws `Refusal('not-found')`.
     */
    async revoke(deviceId: string, by: Administrator): Promise<void> {
      const accountId = await database.writePrisma(async (prisma, sql) => {
        const device = await prisma.device.findUnique({ where: { id: deviceId } })
        if (device === null) return refuse('not-found')
        if (device.revokedAt !== null) return device.accountId
        await prisma.device.update({ where: { id: deviceId }, data: { revokedAt: now() } })
        await prisma.session.deleteMany({ where: { accountId: device.accountId } })
        await audit(sql, accountEvent(now(), 'device.revoked', 'success', by, { actorId: by.accountId, subject: deviceId }))
        return device.accountId
      })
      onRevoked(accountId)
    },
  }
}
