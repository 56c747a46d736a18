import path from 'node:path'
import { readSmallArchive, type SmallFile } from '../../archive/small.ts'
import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { checkNewContextName, ContextStore, type TlsMaterial } from '../../contexts/store.ts'
import { type ContextMeta, decodeLoosely } from '../../contexts/meta.ts'
import type { Context } from '../../context.ts'
import { openSource } from '../../streams/file-source.ts'
import { quote } from '../../go/quote.ts'
import { dictionary } from '../../go/dictionary.ts'

/** What an archive of a few certificates may weigh (docker/cli cli/context/store). */
const limit = 10 * 2 ** 20

export default command({
  path: ['context import'],
  summary: 'Import a context from a tar or zip archive',
  args: exactly(2, 'CONTEXT FILE|-'),
  usage: 'CONTEXT FILE|-',
  complete: 'name-then-file',
  async run(runtime, { args: [name = '', source = ''] }) {
    const store = new ContextStore(runtime)
    checkNewContextName(store, name)
    const { meta, tls } = decode(name, await readSmallArchive(read(runtime, source), { limit, check: checkPath }))
    store.create(meta)
    store.saveTls(name, tls)
    runtime.out.line(name)
    runtime.err.line(`Successfully imported context ${quote(name)}`)
  },
})

/** Puts together what the archive holds, before anything of it is written. */
function decode(name: string, files: readonly SmallFile[]): { meta: ContextMeta; tls: TlsMaterial } {
  let meta: ContextMeta | undefined
  const tls = dictionary<Record<string, Uint8Array>>()
  for (const file of files) {
    if (file.name === 'meta.json') {
      meta = { ...decodeLoosely(file.content.toString()), Name: name }
      continue
    }
    const [endpoint = '', material, ...rest] = file.name.slice('tls/'.length).split('/')
    if (material === undefined || rest.length > 0) throw cliError('archive format is invalid')
    ;(tls[endpoint] ??= dictionary())[material] = file.content
  }
  if (meta === undefined) throw cliError('invalid context: no metadata found')
  return { meta, tls }
}

/** Lets no name out of the context's folders, nor anything into them that does not belong there. */
function checkPath(name: string): void {
  const fault = (why: string): Error => cliError(`${name}: ${why}`)
  if (name !== 'meta.json' && !name.startsWith('tls/')) throw fault('unexpected context file')
  if (path.posix.normalize(name) !== name || name.endsWith('/')) throw fault('unexpected path format')
  if (name.includes('\\')) throw fault("unexpected '\\' in path")
  if (name.includes('\0')) throw fault('unexpected path format')
}

async function* read({ in: input, cwd, signal }: Context, source: string): AsyncGenerator<Uint8Array> {
  if (source !== '-') return yield* openSource(source, cwd, signal)
  const stream = input.stream()
  const stop = (): void => void stream.destroy(signal.reason as Error)
  signal.addEventListener('abort', stop, { once: true })
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw pathError((error as NodeJS.ErrnoException).code === 'EISDIR' ? 'read' : 'open', source, error)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
