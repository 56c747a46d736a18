/** Time zones from the system's zone files (TZif, RFC 8536), for what Go prints of local times: offset and abbreviation. */

/** What a zone's clocks show at an instant (seconds since 1970): seconds east of UTC and the abbreviation. */
export type Zone = (seconds: number) => { offset: number; name: string }

export const utc: Zone = () => ({ offset: 0, name: 'UTC' })

/** Reads a zone file such as /etc/localtime; `undefined` when it is none. */
export function parseZone(file: Uint8Array): Zone | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.byteLength < 44 || view.getUint32(0) !== 0x545a6966) return undefined
  if ((file[4] as number) === 0) return readBlock(view, 0, 4, '')
  const first = counts(view, 0)
  const second = 44 + first.times * 5 + first.types * 6 + first.chars + first.leaps * 8 + first.std + first.ut
  const { times, types, chars, leaps, std, ut } = counts(view, second)
  const footerAt = second + 44 + times * 9 + types * 6 + chars + leaps * 12 + std + ut
  const footer = Buffer.from(file.subarray(footerAt)).toString('latin1').replaceAll('\n', '')
  return readBlock(view, second, 8, footer)
}

interface Counts {
  ut: number
  std: number
  leaps: number
  times: number
  types: number
  chars: number
}

function counts(view: DataView, at: number): Counts {
  const [ut = 0, std = 0, leaps = 0, times = 0, types = 0, chars = 0] = [20, 24, 28, 32, 36, 40].map((field) =>
    view.getUint32(at + field),
  )
  return { ut, std, leaps, times, types, chars }
}

function readBlock(view: DataView, at: number, size: 4 | 8, footer: string): Zone {
  const { times, types, chars } = counts(view, at)
  const timesAt = at + 44
  const indexAt = timesAt + times * size
  const typesAt = indexAt + times
  const namesAt = typesAt + types * 6
  const transition = (i: number): number =>
    size === 8 ? Number(view.getBigInt64(timesAt + i * 8)) : view.getInt32(timesAt + i * 4)
  const typeOf = (n: number) => {
    const typeAt = typesAt + n * 6
    const nameAt = namesAt + view.getUint8(typeAt + 5)
    let name = ''
    for (let i = nameAt; i < namesAt + chars && view.getUint8(i) !== 0; i++)
      name += String.fromCharCode(view.getUint8(i))
    return { offset: view.getInt32(typeAt), name }
  }
  const rule = footer ? parseRule(footer) : undefined
  return (seconds) => {
    if (times > 0 && seconds >= transition(times - 1) && rule) return rule(seconds)
    if (times === 0) return rule ? rule(seconds) : typeOf(0)
    let low = 0
    let high = times
    while (low < high) {
      const middle = (low + high) >> 1
      if (transition(middle) <= seconds) low = middle + 1
      else high = middle
    }
    return typeOf(low === 0 ? 0 : view.getUint8(indexAt + low - 1))
  }
}

const name = '([A-Za-z]{3,}|<[^>]+>)'
const clock = '([+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?)'
const posixRule = new RegExp(`^${name}${clock}(?:${name}${clock}?,([^,]+),([^,]+))?$`)

/** The rule for times after the last one in the file, in POSIX form: `CET-1CEST,M3.5.0,M10.5.0/3`. */
export function parseRule(text: string): Zone | undefined {
  const match = posixRule.exec(text)
  if (!match) return undefined
  const [, stdName = '', stdOffset = '', dstName, dstOffset, from, to] = match
  const standard = { offset: -clockSeconds(stdOffset), name: stdName.replace(/[<>]/g, '') }
  if (!dstName || !from || !to) return () => standard
  const summer = {
    offset: dstOffset ? -clockSeconds(dstOffset) : standard.offset + 3600,
    name: dstName.replace(/[<>]/g, ''),
  }
  return (seconds) => {
    const year = new Date((seconds + standard.offset) * 1000).getUTCFullYear()
    const start = ruleTime(from, year) - standard.offset
    const end = ruleTime(to, year) - summer.offset
    const inSummer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return inSummer ? summer : standard
  }
}

function clockSeconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  return (hours * 3600 + minutes * 60 + seconds) * (text.startsWith('-') ? -1 : 1)
}

/** When a rule's date begins in that year, in local seconds since 1970. */
function ruleTime(rule: string, year: number): number {
  const [date = '', at = '2'] = rule.split('/')
  const start = Date.UTC(year, 0, 1) / 1000
  const clockAt = clockSeconds(at)
  const monthly = /^M(\d+)\.(\d)\.(\d)$/.exec(date)
  if (monthly) {
    const [month = 1, week = 1, weekday = 0] = monthly.slice(1).map(Number)
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
    let day = 1 + ((weekday - first + 7) % 7) + (week - 1) * 7
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
    while (day > last) day -= 7
    return Date.UTC(year, month - 1, day) / 1000 + clockAt
  }
  const n = Number(date.replace('J', ''))
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  const days = date.startsWith('J') ? n - 1 + (leap && n >= 60 ? 1 : 0) : n
  return start + days * 86_400 + clockAt
}
