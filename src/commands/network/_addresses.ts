import { type Flag, value } from '../../cli/flags.ts'
import { parseCidr, networkOf } from '../../parse/cidr.ts'
import { parseCsv } from '../../go/csv.ts'
import { canonicalIp } from '../../parse/ip.ts'
import { quote } from '../../go/quote.ts'

type Extra = Partial<Pick<Flag<unknown>, 'since' | 'short' | 'shownDefault'>>

/** One address; an empty text leaves the flag unset (spf13/pflag IP). */
export function ipFlag(summary: string): Flag<string> {
  return value('ip', summary, (text, before) => {
    if (text === '') return before ?? ''
    const address = canonicalIp(text.trim())
    if (address === undefined) throw new Error(`failed to parse IP: ${quote(text)}`)
    return address
  })
}

/** Comma lists of addresses (spf13/pflag IPSlice). */
export function ipListFlag(summary: string, extra: Extra = {}): Flag<string[]> {
  return listOf('ipSlice', summary, { shownDefault: '[]', ...extra }, (text) => {
    const address = canonicalIp(text.trim())
    if (address === undefined) throw new Error(`invalid string being converted to IP address: ${text}`)
    return address
  })
}

/** Comma lists of address blocks, each cut to its network (spf13/pflag IPNetSlice). */
export function blockListFlag(summary: string, extra: Extra = {}): Flag<string[]> {
  return listOf('ipNetSlice', summary, { shownDefault: '[]', ...extra }, (text) => {
    try {
      return networkOf(parseCidr(text.trim()))
    } catch {
      throw new Error(`invalid string being converted to CIDR: ${text}`)
    }
  })
}

function listOf(type: string, summary: string, extra: Extra, read: (text: string) => string): Flag<string[]> {
  return value(
    type,
    summary,
    (text, before: string[] = []) => {
      const plain = text.replaceAll(/["'`]/g, '')
      return plain === '' ? before : [...before, ...parseCsv(plain).map(read)]
    },
    extra,
  )
}
