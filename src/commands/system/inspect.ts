import { atLeast, command } from '../../cli/command.ts'
import { cliError, messageOf } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import type { Described } from '../../format/inspect.ts'
import { quote } from '../../go/quote.ts'
import { inspect } from '../_inspect.ts'
import { type ObjectKind, objectKinds } from './_inspect-objects.ts'

const kindNames = objectKinds.map(({ name }) => name).toSorted()

export default command({
  path: ['inspect'],
  summary: 'Show details of Docker objects of any type',
  args: atLeast(1, 'NAME|ID [NAME|ID...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    type: string('Object type to look for', { complete: 'object-kinds' }),
    size: bool('Include file sizes of containers', { short: 's' }),
  },
  complete: 'objects',
  async run(context, { args, options }) {
    const kind = options.type ?? ''
    checkKind(options.type)
    const kinds = objectKinds.filter(({ name }) => kind === '' || name === kind)
    const describe = (id: string) => describeObject(context, kinds, id, options.size === true)
    await inspect(context, args, options.format ?? '', describe)
  },
})

function checkKind(kind: string | undefined): void {
  if (kind === undefined || kindNames.includes(kind)) return
  const expected = `must be one of "${kindNames.join('", "')}"`
  throw cliError(kind === '' ? `type is empty: ${expected}` : `unknown type: ${quote(kind)}: ${expected}`)
}

/** Gives the first kind of object that knows `id`; when only one kind is asked, its error. */
async function describeObject(
  context: Context,
  kinds: readonly ObjectKind[],
  id: string,
  size: boolean,
): Promise<Described> {
  const { err, signal } = context
  const engine = await context.engine()
  let swarm: boolean | undefined
  for (const kind of kinds) {
    if (kinds.length > 1 && kind.inSwarm === true && !(swarm ??= await isManager(context))) continue
    try {
      const raw = await kind.describe(engine, id, { size, signal })
      if (size && kind.name !== 'container') err.line(`WARNING: --size ignored for ${kind.name}`)
      return { raw, type: kind.type }
    } catch (error) {
      if (kinds.length === 1 || !mayBeAnother(error)) throw error
    }
  }
  throw cliError(`error: no such object: ${id}`)
}

async function isManager({ engine, err, signal }: Context): Promise<boolean> {
  const { system } = await engine()
  try {
    const { Swarm } = await system.info({ signal })
    return Swarm?.ControlAvailable === true
  } catch (error) {
    signal.throwIfAborted()
    err.line(messageOf(error))
    return false
  }
}

/** Whether an object of another kind may have the name. */
function mayBeAnother(error: unknown): boolean {
  return isEngineError(error, 404) || /not supported|invalid reference format/.test(messageOf(error))
}
