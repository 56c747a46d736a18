import { anyGiven, given } from './given.ts'
import type { Container, SpecOptions } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

type Healthcheck = Container['Healthcheck']

/** Gives a new service's health check, undefined where none is asked for; one that is turned off is `NONE`. */
export function toHealthcheck(options: SpecOptions): Healthcheck {
  const { healthCmd: command = '', healthInterval, healthTimeout, healthStartPeriod, healthStartInterval } = options
  const retries = options.healthRetries ?? 0
  const isAsked =
    command !== '' || retries !== 0 || anyGiven(healthInterval, healthTimeout, healthStartPeriod, healthStartInterval)
  if (options.noHealthcheck === true) {
    if (isAsked) throw conflict()
    return { Test: ['NONE'] }
  }
  if (!isAsked) return undefined
  return {
    ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }),
    ...durations(options),
    ...given({ StartInterval: healthStartInterval }),
    Retries: retries,
  }
}

/** Gives the health check after the options. The reference does not change the start interval, whatever the flag says. */
export function updateHealthcheck(before: Healthcheck, options: UpdateOptions): Healthcheck {
  const { healthCmd, healthInterval, healthRetries, healthTimeout, healthStartPeriod, noHealthcheck } = options
  const isAsked = anyGiven(healthCmd, healthInterval, healthRetries, healthTimeout, healthStartPeriod)
  if (!isAsked && noHealthcheck === undefined) return before
  if (noHealthcheck === true) {
    if (isAsked) throw conflict()
    return { Test: ['NONE'] }
  }
  const { Test: test, ...rest } = before ?? {}
  const after = { ...rest, ...durations(options), ...given({ Retries: healthRetries }) }
  if (healthCmd !== undefined) return healthCmd === '' ? after : { ...after, Test: ['CMD-SHELL', healthCmd] }
  return !test || test[0] === 'NONE' ? after : { ...after, Test: test }
}

function durations({ healthInterval, healthTimeout, healthStartPeriod }: SpecOptions) {
  return given({ Interval: healthInterval, Timeout: healthTimeout, StartPeriod: healthStartPeriod })
}

function conflict(): Error {
  return new Error('--no-healthcheck conflicts with --health-* options')
}
