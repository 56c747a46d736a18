import type { Sendable } from '../../../engine/sendable.ts'
import type { HealthConfig } from '../../../engine/types/container.ts'
import { int64 } from '../../../go/int.ts'
import type { ConfigOptions } from './flags.ts'

/** Gives the health check that the options ask for, undefined where they ask for none; one that is turned off is `NONE`. */
export function toHealthcheck(options: ConfigOptions): Sendable<HealthConfig> | undefined {
  const command = options.healthCmd ?? ''
  const interval = options.healthInterval ?? 0n
  const timeout = options.healthTimeout ?? 0n
  const startPeriod = options.healthStartPeriod ?? 0n
  const startInterval = options.healthStartInterval ?? 0n
  const retries = options.healthRetries ?? 0
  const isAsked = command !== '' || interval || timeout || startPeriod || startInterval || retries
  if (options.noHealthcheck === true) {
    if (isAsked) throw new Error('--no-healthcheck conflicts with --health-* options')
    return { Test: ['NONE'] }
  }
  if (!isAsked) return undefined
  checkNotNegative({ interval, timeout, retries, 'start-period': startPeriod, 'start-interval': startInterval })
  return {
    ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }),
    ...(interval ? { Interval: int64(interval) } : {}),
    ...(timeout ? { Timeout: int64(timeout) } : {}),
    ...(startPeriod ? { StartPeriod: int64(startPeriod) } : {}),
    ...(startInterval ? { StartInterval: int64(startInterval) } : {}),
    ...(retries ? { Retries: retries } : {}),
  }
}

function checkNotNegative(values: Record<string, bigint | number>): void {
  const [name] = Object.entries(values).find(([, value]) => value < 0) ?? []
  if (name !== undefined) throw new Error(`--health-${name} cannot be negative`)
}
