import { cut } from './cut.ts'

/** Takes `--placement-pref` as `spread=DESCRIPTOR` and gives the descriptor (docker/cli service/opts.go). */
export function parsePlacementPreference(text: string): string {
  const { before: strategy, after: descriptor, found } = cut(text, '=')
  if (!found || strategy === '') throw new Error('placement preference must be of the format "<strategy>=<arg>"')
  if (strategy !== 'spread') {
    throw new Error(`unsupported placement preference ${strategy} (only spread is supported)`)
  }
  return descriptor
}
