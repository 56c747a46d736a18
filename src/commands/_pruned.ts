import type { Context } from '../context.ts'
import { humanSize } from '../format/human.ts'

/** What a prune has removed, in words that may be none, and the bytes that it freed. */
export interface Pruned {
  readonly text: string
  readonly spaceReclaimed: number
}

/** What a prune says under `title` of what it has removed; empty where that is nothing. */
export function deletedText(title: string, deleted: readonly string[]): string {
  return deleted.length === 0 ? '' : [title, ...deleted, ''].join('\n')
}

/** Prints what a prune has removed, and freed. */
export function printPruned({ out }: Pick<Context, 'out'>, { text, spaceReclaimed }: Pruned): void {
  if (text !== '') out.line(text)
  printReclaimed({ out }, spaceReclaimed)
}

/** Prints how many bytes a prune has freed. */
export function printReclaimed({ out }: Pick<Context, 'out'>, bytes: number): void {
  out.line(`Total reclaimed space: ${humanSize(bytes)}`)
}
