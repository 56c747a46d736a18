import type { Context } from '../context.ts'
import { type Display, type ListView, renderList } from '../format/formatter.ts'
import { isEastAsian } from '../format/width.ts'
import { toBytes } from '../go/strings.ts'
import type { Value } from '../go/types.ts'

/** The flags --format and --quiet, as they were given. */
export interface ListOptions {
  readonly format?: string | undefined
  readonly quiet?: boolean | undefined
}

/** The rows of a list, or what makes them where they depend on the template. */
type Rows = readonly Value[] | ((template: string) => readonly Value[])

/** Prints a list as the flags or config.json ask for and as the output can show it. Throws what renderList throws. */
export async function printList(
  context: Context,
  view: ListView,
  rows: Rows,
  options: ListOptions = {},
): Promise<void> {
  const render = await listRenderer(context, view, options)
  context.out.write(await render(rows))
}

/** As printList, for a list that is written more than once: gives what makes its bytes. */
export async function listRenderer(
  context: Context,
  view: ListView,
  options: ListOptions,
): Promise<(rows: Rows) => Promise<Uint8Array>> {
  const format = view.template(await listFormat(context, view, options), options.quiet === true)
  const { header } = view
  const display = displayOf(context)
  return async (rows) => {
    const list = { format, header, rows: typeof rows === 'function' ? rows(format) : rows, ...display }
    return toBytes(await renderList(list))
  }
}

/** The format asked for: --format, else config.json's unless --quiet was given; empty for the view's own. */
export async function listFormat(
  { config }: Pick<Context, 'config'>,
  { configKey }: ListView,
  { format, quiet }: ListOptions,
): Promise<string> {
  if (format || quiet || configKey === undefined) return format ?? ''
  return (await config()).data[configKey] ?? ''
}

/** How text is shown on the command's output. */
export function displayOf({ env, out }: Pick<Context, 'env' | 'out'>): Display {
  return { eastAsian: isEastAsian(env), terminal: out.isTerminal }
}
