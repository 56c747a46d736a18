import { visible, visibleCell, visibleInColours } from '../../go/visible.ts'
import type { PipeNode } from './node.ts'

/** On a terminal: lists have a line for each row, so that the line feeds in a plain field are shown; other text keeps them. */
export type TerminalText = 'rows' | 'text'

/**
 * How what the actions of a template write is shown on a terminal. The template's own text goes as it is, and where its author
 * writes escapes inside of actions, `{{printf "\x1b[31m%s\x1b[0m" .Names}}`, sequences that set colours do so as well.
 */
export function shownOnTerminal(template: string, mode: TerminalText): (text: string, pipe: PipeNode) => string {
  // oxlint-disable-next-line no-control-regex
  const plain = /\{\{[^}]*(?:\x1b|\\x1b|\\033|\\u001b)/i.test(template) ? visibleInColours : visible
  return (text, pipe) => (mode === 'rows' && isField(pipe) ? visibleCell(text) : plain(text))
}

/** Whether the pipeline is a field and nothing else, so that every line feed in it came with the value. */
function isField({ commands }: PipeNode): boolean {
  const [first] = commands[0]?.args ?? []
  return commands.length === 1 && (first?.type === 'field' || first?.type === 'dot')
}
