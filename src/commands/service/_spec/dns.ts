import { compareStrings } from '../../../go/strings.ts'
import { compareIps } from '../../../parse/ip.ts'
import { anyGiven } from './given.ts'
import type { Container } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

/** Gives how names are resolved after the options, each list sorted, so that its order replaces no tasks. */
export function updateDns(before: Container['DNSConfig'], options: UpdateOptions): Container['DNSConfig'] {
  const { dnsAdd, dnsRm, dnsSearchAdd, dnsSearchRm, dnsOptionAdd, dnsOptionRm } = options
  if (!anyGiven(dnsAdd, dnsRm, dnsSearchAdd, dnsSearchRm, dnsOptionAdd, dnsOptionRm)) return before
  const servers = new Set([...(before?.Nameservers ?? []), ...(dnsAdd ?? [])])
  return {
    Nameservers: [...servers].filter((server) => !dnsRm?.includes(server)).toSorted(compareIps),
    Search: changed(before?.Search, dnsSearchAdd, dnsSearchRm),
    Options: changed(before?.Options, dnsOptionAdd, dnsOptionRm),
  }
}

/** Only neighbours are taken for duplicates, as the reference does. */
function changed(before: string[] | null | undefined, add: string[] = [], remove: string[] = []): string[] {
  const all = [...(before ?? []), ...add].filter((item, index, items) => item !== items[index - 1])
  return all.filter((item) => !remove.includes(item)).toSorted(compareStrings)
}
