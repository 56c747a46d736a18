import fs from 'node:fs'
import path from 'node:path'
import type { Context } from '../../context.ts'

/** Prints the script `file` of the completions folder, made out to the name this program was called by; `terse` leaves out descriptions. */
export function printScript({ installation, out, program }: Context, terse: boolean, file: string): void {
  const script = fs.readFileSync(path.join(installation, 'completions', file), 'utf8')
  const asking = terse ? script.replaceAll('__complete ', '__completeNoDesc ') : script
  out.write(asking.replaceAll('docket', program))
}
