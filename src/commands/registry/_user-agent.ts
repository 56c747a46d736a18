import type { Context } from '../../context.ts'
import { reference } from '../../version.ts'

/** How registries know this client. */
export function userAgent({ platform }: Pick<Context, 'platform'>): string {
  return `Docker-Client/${reference.version} (${platform === 'win32' ? 'windows' : platform})`
}
