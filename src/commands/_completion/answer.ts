import { type CompletionValues, directives, type Typed } from '../../cli/directives.ts'
import type { Context } from '../../context.ts'

/** Who answers for the values of a flag or an argument; values that are arguments already are taken out of its answer. */
export type Source = (context: Context, typed: Typed) => Promise<CompletionValues> | CompletionValues

/** Whole values; nothing else may stand there. */
export function values(list: readonly string[]): CompletionValues {
  return { values: list, directive: directives.noFiles }
}

/** Beginnings of values, to be typed on: no space comes after them. */
export function beginnings(list: readonly string[]): CompletionValues {
  return { values: list, directive: directives.noSpace }
}

/** As `beginnings`, where no file may stand either. */
export function onlyBeginnings(list: readonly string[]): CompletionValues {
  return { values: list, directive: directives.noSpace | directives.noFiles }
}

/** File names, which the shell knows best. */
export const files: CompletionValues = { values: [], directive: directives.shell }

/** Names of folders. */
export const folders: CompletionValues = { values: [], directive: directives.folders }

/** Nothing to offer. */
export const nothing: CompletionValues = values([])
