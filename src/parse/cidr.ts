import { formatIp, parseIp } from './ip.ts'
import { quote } from '../go/quote.ts'

/** A block of addresses: the canonical address as given, its bytes and the length of the prefix in bits. */
export interface Cidr {
  readonly bytes: number[]
  readonly bits: number
}

/** Takes `address/bits`; throws `invalid CIDR address: x` (Go net.ParseCIDR). */
export function parseCidr(text: string): Cidr {
  const slash = text.indexOf('/')
  const bits = text.slice(slash + 1)
  try {
    const { bytes, zone } = parseIp(text.slice(0, Math.max(slash, 0)))
    if (zone === '' && /^\d+$/.test(bits) && Number(bits) <= bytes.length * 8) return { bytes, bits: Number(bits) }
  } catch {
    // Falls through to the one message the reference has for all of it.
  }
  throw new Error(`invalid CIDR address: ${text}`)
}

/** Takes `address/bits` and gives it canonically, host bits kept; throws with the message of Go's netip.ParsePrefix. */
export function canonicalPrefix(text: string): string {
  const fail = (reason: string, options?: ErrorOptions): Error =>
    new Error(`netip.ParsePrefix(${quote(text)}): ${reason}`, options)
  const slash = text.lastIndexOf('/')
  if (slash < 0) throw fail("no '/'")
  let address
  try {
    address = parseIp(text.slice(0, slash))
  } catch (error) {
    throw fail((error as Error).message, { cause: error })
  }
  if (address.zone !== '') throw fail('IPv6 zones cannot be present in a prefix')
  const bits = text.slice(slash + 1)
  if (bits.length > 1 && !/^[1-9]/.test(bits)) throw fail(`bad bits after slash: ${quote(bits)}`)
  if (!/^\d+$/.test(bits)) throw fail(`bad bits after slash: ${quote(bits)}`)
  if (Number(bits) > address.bytes.length * 8) throw fail('prefix length out of range')
  return `${formatIp(address)}/${bits}`
}

/** The block's first address and its length, `10.0.0.0/24` for `10.0.0.7/24`. */
export function networkOf({ bytes, bits }: Cidr): string {
  return `${formatIp({ bytes: masked(bytes, bits), zone: '' })}/${bits}`
}

/** Whether the block holds `address` (4 or 16 bytes); addresses of the other family are never inside. */
export function contains({ bytes, bits }: Cidr, address: readonly number[]): boolean {
  const inside = masked(bytes, bits)
  return address.length === bytes.length && masked(address, bits).every((byte, index) => byte === inside[index])
}

function masked(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, index) => byte & ~(0xff >> Math.min(8, Math.max(0, bits - index * 8))))
}
