import type { Context } from '../context.ts'
import type { Platform } from '../engine/types/platform.ts'
import { formatPlatform, hostPlatform, parsePlatform } from '../parse/platform.ts'

type Host = Pick<Context, 'platform' | 'arch'>

/** A `--platform` as the API takes it in JSON; what is left out is this machine's. Throws what is wrong with the text. */
export function platformOf(text: string, host: Host): Platform {
  const parsed = parsePlatform(text, hostPlatform(host.platform, host.arch))
  return {
    architecture: parsed.architecture,
    os: parsed.os,
    ...(parsed.osVersion !== '' && { 'os.version': parsed.osVersion }),
    ...(parsed.osFeatures.length > 0 && { 'os.features': parsed.osFeatures }),
    ...(parsed.variant !== '' && { variant: parsed.variant }),
  }
}

/** A `--platform` in its normal form, `linux/arm64/v8`, for the requests that take it as text. */
export function platformName(text: string, host: Host): string {
  return formatPlatform(parsePlatform(text, hostPlatform(host.platform, host.arch)))
}
