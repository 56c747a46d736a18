/** Time.Format of Go: layouts spelled with the reference time `Mon Jan 2 15:04:05 MST 2006`. */
import type { Instant } from './instant.ts'

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July']
months.push('August', 'September', 'October', 'November', 'December')
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Every element of a layout, the longest first where one begins another. */
const element =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|002|0[1-6]|_2(?!006)|15|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|PM|pm|[.,]0+(?!\d)|[.,]9+(?!\d)|[1-5]/g

export function formatTime(instant: Instant, layout: string): string {
  const parts = partsOf(instant)
  return layout.replace(element, (found) => render(found, instant, parts))
}

interface Parts {
  year: number
  month: number
  day: number
  weekday: number
  yearDay: number
  hour: number
  minute: number
  second: number
}

function partsOf({ seconds, offset }: Instant): Parts {
  const date = new Date((seconds + offset) * 1000)
  const year = date.getUTCFullYear()
  const startOfYear = new Date(0)
  startOfYear.setUTCFullYear(year, 0, 1)
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - startOfYear.getTime()) / 86_400_000) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

function render(found: string, instant: Instant, p: Parts): string {
  switch (found) {
    case '2006':
      return p.year < 0 ? `-${String(-p.year).padStart(4, '0')}` : String(p.year).padStart(4, '0')
    case '06':
      return two(Math.abs(p.year) % 100)
    case 'January':
      return months[p.month - 1] as string
    case 'Jan':
      return (months[p.month - 1] as string).slice(0, 3)
    case '01':
      return two(p.month)
    case '1':
      return String(p.month)
    case 'Monday':
      return days[p.weekday] as string
    case 'Mon':
      return (days[p.weekday] as string).slice(0, 3)
    case '02':
      return two(p.day)
    case '_2':
      return String(p.day).padStart(2)
    case '2':
      return String(p.day)
    case '002':
      return String(p.yearDay).padStart(3, '0')
    case '__2':
      return String(p.yearDay).padStart(3)
    case '15':
      return two(p.hour)
    case '03':
      return two(p.hour % 12 || 12)
    case '3':
      return String(p.hour % 12 || 12)
    case '04':
      return two(p.minute)
    case '4':
      return String(p.minute)
    case '05':
      return two(p.second)
    case '5':
      return String(p.second)
    case 'PM':
      return p.hour >= 12 ? 'PM' : 'AM'
    case 'pm':
      return p.hour >= 12 ? 'pm' : 'am'
    case 'MST':
      return instant.zone || zoneNumber(instant.offset)
    default:
      return /^[.,]/.test(found) ? fraction(found, instant) : offset(found, instant.offset)
  }
}

/** A zone without a name prints as its offset: `+02`, `+0530`. */
function zoneNumber(seconds: number): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60)
  return (seconds < 0 ? '-' : '+') + two(Math.trunc(minutes / 60)) + two(minutes % 60)
}

function fraction(found: string, { nanoseconds }: Instant): string {
  const digits = String(nanoseconds)
    .padStart(9, '0')
    .slice(0, found.length - 1)
  if (found[1] === '0') return found[0] + digits.padEnd(found.length - 1, '0')
  const kept = digits.replace(/0+$/, '')
  return kept ? found[0] + kept : ''
}

function offset(found: string, seconds: number): string {
  if (found[0] === 'Z' && seconds === 0) return 'Z'
  const abs = Math.abs(seconds)
  const sign = seconds < 0 ? '-' : '+'
  const separator = found.includes(':') ? ':' : ''
  const fields = [two(Math.trunc(abs / 3600)), two(Math.trunc(abs / 60) % 60), two(abs % 60)]
  const count = found.replace(/\D/g, '').length / 2
  return sign + fields.slice(0, count).join(separator)
}
