import { closeSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { packUstar, type UstarEntry } from '../../archive/ustar.ts'
import { between, command } from '../../cli/command.ts'
import { failure } from '../../cli/errors.ts'
import { pathError } from '../../cli/os-error.ts'
import { checkContextName, Contexts, marshalMeta } from '../../connection/context-store.ts'
import { DEFAULT_CONTEXT } from '../../connection/endpoint.ts'
import { quote } from '../../parse/quote.ts'
import { writeAll } from '../../streams/stdio.ts'

export default command({
  path: ['context export'],
  summary: 'Export a context to a tar archive FILE or to stdout',
  args: between(1, 2, 'CONTEXT [FILE|-]'),
  usage: '[OPTIONS] CONTEXT [FILE|-]',
  complete: 'contexts',
  async run(context, { args: [name = '', file = `${name}.dockercontext`] }) {
    const { out, err, cwd } = context
    if (name !== DEFAULT_CONTEXT) checkContextName(name)
    if (file === '-' && out.isTerminal) {
      throw failure('cowardly refusing to export to a terminal, specify a file path')
    }
    const archive = packUstar(entries(new Contexts(context), name))
    if (file === '-') return out.write(archive)
    writeNew(path.resolve(cwd, file), file, archive)
    err.line(`Written file ${quote(file)}`)
  },
})

function entries(contexts: Contexts, name: string): UstarEntry[] {
  const meta = Buffer.from(marshalMeta(contexts.get(name)))
  const tls = Object.entries(contexts.tls(name)).flatMap(([endpoint, files]): UstarEntry[] => [
    { name: `tls/${endpoint}`, mode: 0o700, directory: true },
    ...Object.entries(files).map(([file, content]) => ({ name: `tls/${endpoint}/${file}`, mode: 0o600, content })),
  ])
  return [{ name: 'meta.json', mode: 0o644, content: meta }, { name: 'tls', mode: 0o700, directory: true }, ...tls]
}

/** Keys are among what is written: the file is new, its owner's alone, and gone when it could not be written whole. */
function writeNew(target: string, shown: string, content: Uint8Array): void {
  let fd: number
  try {
    fd = openSync(target, 'wx', 0o600)
  } catch (error) {
    throw pathError('open', shown, error)
  }
  try {
    writeAll(fd, content)
  } catch (error) {
    rmSync(target, { force: true })
    throw pathError('write', shown, error)
  } finally {
    closeSync(fd)
  }
}
