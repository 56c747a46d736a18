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
  const renewal = isOurs ? setInterval(() => renew(lock), RENEWAL).unref() : undefined
  try {
    return await action()
  } finally {
    clearInterval(renewal)
    if (isOurs) fs.rmSync(lock, { force: true })
  }
}

async function take(lock: string, signal?: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    signal?.throwIfAborted()
    try {
      fs.closeSync(fs.openSync(lock, 'wx', 0o600))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    if (isLeftOver(lock)) fs.rmSync(lock, { force: true })
    else await sleep(PAUSE)
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

function isLeftOver(lock: string): boolean {
  const stat = fs.lstatSync(lock, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > LEFT_OVER
}

const PAUSE = 10
const RENEWAL = 2_000
const LEFT_OVER = 10_000
const PATIENCE = 20_000
