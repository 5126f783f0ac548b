import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { StartProblem } from '#server/config.ts'

/**
 * A file that only the key opens: a mark, 16 bytes of salt, 12 of nonce, the content by AES-256-GCM (NIST SP 800-38D), and
 * 16 bytes that tell whether any of it was changed. The key is stretched by scrypt (RFC 7914) with the salt.
 */
const MARK = Buffer.from('HIMSLCK1')
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = MARK.length + SALT_BYTES + NONCE_BYTES

const stretch = promisify(scrypt) as (key: string, salt: Buffer, bytes: number) => Promise<Buffer>

export async function isLocked(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MARK.length), 0, MARK.length, 0)
    return bytesRead === MARK.length && buffer.equals(MARK)
  } finally {
    await handle.close()
  }
}

/** Writes `to` and reads it back: what is not the same again is no copy. */
export async function lockFile(from: string, to: string, key: string): Promise<void> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const cipher = createCipheriv('aes-256-gcm', await stretch(key, salt, 32), nonce)
  const before = createHash('sha256')
  const target = createWriteStream(to, { mode: 0o600 })
  target.write(Buffer.concat([MARK, salt, nonce]))
  await pipeline(
    createReadStream(from),
    heard(before),
    cipher,
    atTheEnd(() => cipher.getAuthTag()),
    target,
  )
  const after = createHash('sha256')
  await unlockInto(to, key, hashed(after))
  if (before.digest('hex') !== after.digest('hex')) throw new StartProblem(`${to} is not what was written to it: look at that disk.`)
}

/** Throws `StartProblem` for another key, and for a file that was changed or cut off; then `to` is no copy. */
export async function unlockFile(from: string, to: string, key: string): Promise<void> {
  await unlockInto(from, key, createWriteStream(to, { mode: 0o600 }))
}

async function unlockInto(from: string, key: string, to: NodeJS.WritableStream): Promise<void> {
  const handle = await open(from, 'r')
  try {
    const { size } = await handle.stat()
    if (size < HEAD_BYTES + TAG_BYTES) throw new StartProblem(`${from} was cut off.`)
    const head = (await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)).buffer
    const tag = (await handle.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, size - TAG_BYTES)).buffer
    const salt = head.subarray(MARK.length, MARK.length + SALT_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', await stretch(key, salt, 32), head.subarray(MARK.length + SALT_BYTES))
    decipher.setAuthTag(tag)
    const isEmpty = size === HEAD_BYTES + TAG_BYTES
    const content = isEmpty ? Readable.from([]) : createReadStream(from, { start: HEAD_BYTES, end: size - TAG_BYTES - 1 })
    await pipeline(content, decipher, to).catch((error) => {
      // The system's own errors have a code that begins so; what is left is the check at the end.
      if (/^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
      throw new StartProblem(`${from} does not open: it was locked with another BACKUP_KEY, or it was changed.`)
    })
  } finally {
    await handle.close()
  }
}

function heard(hash: ReturnType<typeof createHash>): Transform {
  return new Transform({
    transform(chunk, _encoding, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
}

function hashed(hash: ReturnType<typeof createHash>): Writable {
  return new Writable({
    write(chunk, _encoding, next) {
      hash.update(chunk)
      next()
    },
  })
}

function atTheEnd(last: () => Buffer): Transform {
  return new Transform({
    transform: (chunk, _encoding, next) => next(null, chunk),
    flush(next) {
      next(null, last())
    },
  })
}
