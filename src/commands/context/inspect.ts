import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { ContextStore } from '../../contexts/store.ts'
import { resolveContextName } from '../../connection/endpoint.ts'
import { marshal } from '../../go/json.ts'
import { inspectedContext } from '../../format/views/types/context.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['context inspect'],
  summary: 'Show details of one or more contexts',
  args: atLeast(0, '[CONTEXT] [CONTEXT...]'),
  flags: { format: string('Format the output: "json" or a Go template', { short: 'f' }) },
  complete: 'contexts',
  async run(runtime, { args, options }) {
    const store = new ContextStore(runtime)
    const names = args.length > 0 ? args : [await resolveContextName(runtime)]
    await inspect(runtime, names, options.format ?? '', async (name) => {
      const meta = store.get(name)
      const object = inspectedContext({
        ...meta,
        TLSMaterial: store.tlsFiles(name),
        Storage: store.storage(name),
      })
      return { raw: marshal(object), made: async () => object }
    })
  },
})
