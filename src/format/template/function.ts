/** What a template function is. */
import type { Signature } from '../../go/types.ts'

/**
 * A function that templates can call. Arguments of basic types come as they are in raw form; those of type `any` and
 * `reflectValue` as `Value` (`undefined` for nil). It gives the raw form of `out`, a `Value` when that is `any` or
 * `reflectValue`, and fails by throwing an Error.
 */
export interface TemplateFunction extends Signature {
  readonly call: (...args: never[]) => unknown
  /** `and` and `or`: the arguments after the one that decides are not evaluated. */
  readonly shortCircuit?: 'and' | 'or'
  /** `call`, which is given the text of its first argument to name it in errors. */
  readonly caller?: boolean
}

export type Functions = Readonly<Record<string, TemplateFunction>>
