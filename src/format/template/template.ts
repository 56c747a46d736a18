/**
 * Go's text/template over Go values (see ../go/types.ts for how to make those).
 *
 *   const template = compile('', '{{.ID}}: {{join .Names ","}}', { funcs: dockerFunctions })
 *   template.execute(value(containerSummary, wire))            // throws TemplateError, `error.output` came before
 *   template.execute(data, { missingKey: 'error' })            // as docker inspect reads raw JSON
 *   template.execute(header, { funcs: headerFunctions })       // other functions under the same names
 *
 * Strings may hold bytes that are not UTF-8 (`{{truncate .Name 3}}` cuts characters): write the output by
 * `toBytes` of ../go/strings.ts.
 */
import { isValue, type Value } from '../../go/types.ts'
import { builtins } from './builtins.ts'
import { run } from './exec.ts'
import type { Functions } from './function.ts'
import { print as printNode, type Tree } from './node.ts'
import { parse } from './parse.ts'
import { shownOnTerminal, type TerminalText } from './terminal.ts'

export interface ExecuteOptions {
  /** Take the place of functions of the same name that the template was compiled with. */
  funcs?: Functions
  /** What `.key` of a map without that key is: `<no value>`, the zero value, or an error. */
  missingKey?: 'invalid' | 'zero' | 'error'
}

export interface CompileOptions {
  funcs?: Functions
  /** Shows the control characters in what actions write, for output that goes to a terminal. */
  terminal?: TerminalText | undefined
}

export interface Template {
  readonly name: string
  readonly trees: ReadonlyMap<string, Tree>
  /** The output for this value (`undefined` for nil); throws a TemplateError with Go's message. */
  execute(data: Value | undefined, options?: ExecuteOptions): string
}

/** Parses a template; throws a TemplateError such as `template: :1: unclosed action`. */
export function compile(name: string, text: string, { funcs = {}, terminal }: CompileOptions = {}): Template {
  const trees = parse(name, text, (called) => Object.hasOwn(funcs, called) || Object.hasOwn(builtins, called))
  const shown = terminal === undefined ? undefined : shownOnTerminal(text, terminal)
  return {
    name,
    trees,
    execute(data, options = {}) {
      const tables = [options.funcs ?? {}, funcs, builtins]
      const functions = (called: string) => tables.find((table) => Object.hasOwn(table, called))?.[called]
      const dot = isValue(data) ? data : undefined
      return run({ trees, functions, missingKey: options.missingKey ?? 'invalid', shown }, name, dot)
    },
  }
}

/** The text of a parsed template in Go's normal form; compiling that gives the same trees again. */
export function print(tree: Tree): string {
  return printNode(tree.root)
}
