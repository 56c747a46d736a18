import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { checkContextName, ContextStore } from '../../contexts/store.ts'
import { quote } from '../../go/quote.ts'
import { dockerFlag, endpointHelp, makeEndpoint } from './_endpoint.ts'

export default command({
  path: ['context update'],
  summary: 'Update a context',
  details: `Update a context\n\n${endpointHelp}\nExample:\n\n$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  args: exactly(1, 'CONTEXT'),
  flags: {
    description: string('Context description'),
    docker: dockerFlag,
  },
  complete: 'contexts',
  async run(runtime, { args: [name = ''], options }) {
    checkContextName(name)
    const store = new ContextStore(runtime)
    const before = store.get(name)
    const made = options.docker === undefined ? undefined : makeEndpoint(runtime, store, options.docker)
    store.save({
      ...before,
      Name: name,
      Metadata: { ...before.Metadata, ...(options.description ? { Description: options.description } : {}) },
      Endpoints: { ...before.Endpoints, ...(made && { docker: made.docker }) },
    })
    if (made !== undefined) store.saveTls(name, made.tls, ['docker'])
    runtime.out.line(name)
    runtime.err.line(`Successfully updated context ${quote(name)}`)
  },
})
