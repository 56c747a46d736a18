import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { Contexts, marshalMeta } from '../../connection/context-store.ts'
import { resolveContextName } from '../../connection/endpoint.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['context inspect'],
  summary: 'Describe one or more contexts in detail',
  args: atLeast(0, '[CONTEXT] [CONTEXT...]'),
  flags: { format: string('Go template for the output, or "json"', { short: 'f' }) },
  complete: 'contexts',
  async run(context, { args, options }) {
    const contexts = new Contexts(context)
    const names = args.length > 0 ? args : [await resolveContextName(context)]
    await inspect(context, names, options.format ?? '', async (name) => {
      const meta = contexts.get(name)
      const files = Object.entries(contexts.tls(name)).map(([endpoint, material]) => [endpoint, Object.keys(material)])
      const TLSMaterial = Object.fromEntries(files) as Record<string, string[]>
      const Storage = contexts.storage(name)
      const rest = JSON.stringify({ TLSMaterial, Storage }).replaceAll(/[<>&]/g, escape)
      return {
        raw: `${marshalMeta(meta).slice(0, -1)},${rest.slice(1)}`,
        made: async () => {
          const { inspectedContext } = await import('../../format/views/types/context.ts')
          return inspectedContext({ ...meta, TLSMaterial, Storage })
        },
      }
    })
  },
})

function escape(char: string): string {
  return `\\u00${char.charCodeAt(0).toString(16)}`
}
