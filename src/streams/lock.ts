import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `action` while no other docket does so for the same file, by a file beside it that only one can make and that it renews. A
 * lock that nobody renews is one of a program that was killed. Without a lock to be had the action runs all the same; once `signal` is
 * aborted, waiting for it throws the signal's reason.
 */
export async function withLock<T>(filename: string, action: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const lock = `${filename}.lock`
  const isOurs = await take(lock, signal)
  const renewal = isOurs ? setInterval(() => renew(lock), RENEWAL_MS).unref() : undefined
  try {
    return await action()
  } finally {
    clearInterval(renewal)
    if (isOurs) fs.rmSync(lock, { force: true })
  }
}

async function take(lock: string, signal?: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < TIMEOUT_MS; waited += POLL_MS) {
    signal?.throwIfAborted()
    try {
      fs.closeSync(fs.openSync(lock, 'wx', 0o600))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    if (isStale(lock)) fs.rmSync(lock, { force: true })
    else await sleep(POLL_MS)
  }
  return false
}

function renew(lock: string): void {
  const now = new Date()
  try {
    fs.utimesSync(lock, now, now)
  } catch {
    // Somebody took it for one that was left over.
  }
}

function isStale(lock: string): boolean {
  const stat = fs.lstatSync(lock, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > STALE_MS
}

const POLL_MS = 10
const RENEWAL_MS = 2_000
const STALE_MS = 10_000
const TIMEOUT_MS = 20_000
