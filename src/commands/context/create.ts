import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { string } from '../../cli/flags.ts'
import { checkNewContextName, ContextStore, description, type TlsMaterial } from '../../contexts/store.ts'
import type { ContextMeta } from '../../contexts/meta.ts'
import { resolveContextName } from '../../connection/endpoint.ts'
import { quote } from '../../go/quote.ts'
import { dockerFlag, type EndpointConfig, endpointHelp, makeEndpoint } from './_endpoint.ts'

export default command({
  path: ['context create'],
  summary: 'Create a context',
  details: `Create a context\n\n${endpointHelp}\nExample:\n\n$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  args: exactly(1, 'CONTEXT'),
  flags: {
    description: string('Context description'),
    docker: dockerFlag,
    from: string('Context to copy', { complete: 'contexts' }),
  },
  async run(runtime, { args: [name = ''], options }) {
    const store = new ContextStore(runtime)
    checkNewContextName(store, name)
    const { meta, tls } =
      options.docker !== undefined && !options.from
        ? fromEndpoint(options.docker)
        : fromContext(options.from || (await resolveContextName(runtime)))
    store.create(meta)
    store.saveTls(name, tls)
    runtime.out.line(name)
    runtime.err.line(`Successfully created context ${quote(name)}`)

    function fromEndpoint(config: EndpointConfig): { meta: ContextMeta; tls: TlsMaterial } {
      const { docker, tls: material } = makeEndpoint(runtime, store, config)
      const Metadata = options.description ? { Description: options.description } : {}
      return { meta: { Name: name, Metadata, Endpoints: { docker } }, tls: material }
    }

    function fromContext(source: string): { meta: ContextMeta; tls: TlsMaterial } {
      if (options.docker !== undefined) throw cliError('cannot use --docker flag when --from is set')
      const copied = store.get(source)
      const said = options.description || description(copied)
      const Metadata = { ...copied.Metadata, ...(said === '' ? {} : { Description: said }) }
      return { meta: { ...copied, Name: name, Metadata }, tls: store.tls(source) }
    }
  },
})
