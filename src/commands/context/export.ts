import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { encodeFile, encodeHeader } from '../../archive/tar-writer.ts'
import { toBytes } from '../../archive/bytes.ts'
import { between, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { encodeMeta } from '../../contexts/meta.ts'
import { checkContextName, ContextStore } from '../../contexts/store.ts'
import { DEFAULT_CONTEXT } from '../../connection/endpoint.ts'
import { quote } from '../../go/quote.ts'
import { fromFolder } from '../../go/path.ts'

export default command({
  path: ['context export'],
  summary: 'Export a context to a tar archive, written to a file or standard output',
  args: between(1, 2, 'CONTEXT [FILE|-]'),
  usage: '[OPTIONS] CONTEXT [FILE|-]',
  complete: 'context-to-export',
  async run(runtime, { args: [name = '', target = `${name}.dockercontext`] }) {
    const { out, err, cwd } = runtime
    if (name !== DEFAULT_CONTEXT) checkContextName(name)
    if (target === '-' && out.isTerminal) {
      throw cliError('cowardly refusing to export to a terminal, specify a file path')
    }
    const archive = () => pack(new ContextStore(runtime), name)
    if (target === '-') return out.write(archive())
    writeNew(fromFolder(cwd, target), target, archive)
    err.line(`Written file ${quote(target)}`)
  },
})

/** A tar with meta.json and, below `tls`, a folder for each endpoint. As with the reference, no empty blocks end it. */
function pack(store: ContextStore, name: string): Buffer {
  const meta = Buffer.from(encodeMeta(store.get(name)))
  const tls = Object.entries(store.tls(name)).flatMap(([endpoint, files]) => [
    ...folder(`tls/${endpoint}`),
    ...Object.entries(files).flatMap(([entry, content]) => file(`tls/${endpoint}/${entry}`, 0o600, content)),
  ])
  return Buffer.concat([...file('meta.json', 0o644, meta), ...folder('tls'), ...tls])
}

function file(name: string, mode: number, content: Uint8Array): Uint8Array[] {
  return encodeFile({ ...OWNED, name: toBytes(name), type: '0', mode, size: 0 }, content)
}

function folder(name: string): Uint8Array[] {
  return [encodeHeader({ ...OWNED, name: toBytes(name), type: '5', mode: 0o700, size: 0 })]
}

const OWNED = { uid: 0, gid: 0, modified: 0 }

/** Keys are among what is written: the file is new, its owner's alone, and gone when it could not be written whole. */
function writeNew(target: string, shown: string, content: () => Uint8Array): void {
  const fd = open(target, shown)
  try {
    writeFileSync(fd, content())
  } catch (error) {
    rmSync(target, { force: true })
    throw (error as NodeJS.ErrnoException).syscall === 'write' ? pathError('write', shown, error) : error
  } finally {
    closeSync(fd)
  }
}

function open(target: string, shown: string): number {
  try {
    return openSync(target, 'wx', 0o600)
  } catch (error) {
    throw pathError('open', shown, error)
  }
}
