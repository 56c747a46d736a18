import { formatFloat } from '../../go/number.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']

/** A number with `digits` decimals, rounded as Go does (`%.1f`). */
export function fixed(value: number, digits: number): string {
  return formatFloat(value, 'f', digits)
}

/** How much of a transfer is done, `1.23MB / 4.56MB`; empty where nothing is known (tonistiigi/units `%.2f`). */
export function transferred(current: number, total: number): string {
  if (total !== 0) return `${bytes(current)} / ${bytes(total)}`
  return current === 0 ? '' : bytes(current)
}

function bytes(size: number): string {
  let unit = 0
  let base = 1
  while (Math.abs(size) >= base * 1000 && unit < units.length - 1) {
    base *= 1000
    unit++
  }
  return unit === 0 ? `${size}B` : `${fixed(size / base, 2)}${units[unit]}`
}
