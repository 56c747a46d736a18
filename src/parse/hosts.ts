import { cut } from './cut.ts'
import { canonicalIp } from './ip.ts'
import { quote } from '../go/quote.ts'
import { trimSpace } from './space.ts'

/**
 * Takes `--add-host` as `name:ip` or `name=ip`, the address in brackets or not, or the word `host-gateway`,
 * and gives `name:ip` (docker/cli opts ValidateExtraHost).
 */
export function parseExtraHost(text: string): string {
  const equals = cut(text, '=')
  const { before: name, after, found } = equals.found ? equals : cut(text, ':')
  if (!found || name === '' || name.includes(':')) throw new Error(`bad format for add-host: ${quote(text)}`)
  if (after === 'host-gateway') return `${name}:${after}`
  const address = after.length > 2 && after.startsWith('[') && after.endsWith(']') ? after.slice(1, -1) : after
  if (canonicalIp(trimSpace(address)) === undefined)
    throw new Error(`invalid IP address in add-host: ${quote(address)}`)
  return `${name}:${address}`
}
