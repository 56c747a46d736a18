import type { Context } from '../context.ts'
import { type List, renderList } from '../format/formatter.ts'
import { isEastAsian } from '../format/width.ts'
import { toBytes } from '../go/strings.ts'

/** Prints a list as it is shown where the output goes. Throws what renderList throws. */
export async function printList({ env, out }: Pick<Context, 'env' | 'out'>, list: List): Promise<void> {
  out.write(toBytes(await renderList({ ...list, eastAsian: isEastAsian(env), terminal: out.isTerminal })))
}
