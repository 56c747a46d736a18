import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `action` while no other docket does so for the same file, by a file beside it that only one can make. A lock that is older
 * than any action takes is one of a program that was killed. Without a lock to be had the action runs all the same.
 */
export async function withLock<T>(filename: string, action: () => Promise<T>): Promise<T> {
  const lock = `${filename}.lock`
  const isOurs = await take(lock)
  try {
    return await action()
  } finally {
    if (isOurs) fs.rmSync(lock, { force: true })
  }
}

async function take(lock: string): Promise<boolean> {
  for (let waited = 0; waited < TIMEOUT_MS; waited += RETRY_MS) {
    try {
      fs.closeSync(fs.openSync(lock, 'wx', 0o600))
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    if (isLeftOver(lock)) fs.rmSync(lock, { force: true })
    else await sleep(RETRY_MS)
  }
  return false
}

function isLeftOver(lock: string): boolean {
  const stat = fs.lstatSync(lock, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > LONGEST
}

const RETRY_MS = 10
const LONGEST = 10_000
const TIMEOUT_MS = 2 * LONGEST
