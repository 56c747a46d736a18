import { command, noArgs } from '../../cli/command.ts'
import { messageOf } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import { ContextStore, description } from '../../contexts/store.ts'
import { dockerEndpoint } from '../../contexts/meta.ts'
import { resolveContextName } from '../../connection/endpoint.ts'
import { compareNatural } from '../../format/natural.ts'
import { contextRows, contextView, type ListedContext } from '../../format/views/context.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['context ls'],
  aliases: ['context list'],
  summary: 'List contexts',
  args: noArgs,
  flags: {
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only names', { short: 'q' }),
  },
  async run(runtime, { options }) {
    const store = new ContextStore(runtime)
    const current = await resolveContextName(runtime)
    const listed: ListedContext[] = store.list().map((meta) => {
      const shown = { name: meta.Name, current: meta.Name === current, description: description(meta) }
      try {
        return { ...shown, endpoint: dockerEndpoint(meta).Host ?? '', error: '' }
      } catch (error) {
        return { ...shown, endpoint: '', error: messageOf(error) }
      }
    })
    if (!listed.some((one) => one.current)) {
      listed.push({ name: current, current: true, description: '', endpoint: '', error: whyMissing(store, current) })
    }
    const rows = contextRows(listed.toSorted((a, b) => compareNatural(a.name, b.name)))
    await printList(runtime, contextView, rows, options)
    if (!runtime.env.DOCKER_HOST) return
    runtime.err.line(
      'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.',
    )
  },
})

function whyMissing(store: ContextStore, name: string): string {
  try {
    store.get(name)
    return ''
  } catch (error) {
    return messageOf(error)
  }
}
