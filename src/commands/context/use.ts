import { command, exactly } from '../../cli/command.ts'
import { checkContextName, ContextStore } from '../../contexts/store.ts'
import { DEFAULT_CONTEXT } from '../../connection/endpoint.ts'
import { quote } from '../../go/quote.ts'

export default command({
  path: ['context use'],
  summary: 'Set the current context',
  args: { ...exactly(1, 'CONTEXT'), terse: true },
  complete: 'contexts',
  async run(runtime, { args: [name = ''] }) {
    if (name !== DEFAULT_CONTEXT) {
      checkContextName(name)
      new ContextStore(runtime).get(name)
    }
    const config = await runtime.config()
    const kept = name === DEFAULT_CONTEXT ? '' : name
    if ((config.data.currentContext ?? '') !== kept) {
      const { changeConfig } = await import('../../config/save.ts')
      await changeConfig(config, { currentContext: kept })
    }
    runtime.out.line(name)
    runtime.err.line(`Current context is now ${quote(name)}`)
    if (name === DEFAULT_CONTEXT || !runtime.env.DOCKER_HOST) return
    runtime.err.line(
      `Warning: DOCKER_HOST environment variable overrides the active context. To use ${quote(name)}, either set the global --context flag, or unset DOCKER_HOST environment variable.`,
    )
  },
})
