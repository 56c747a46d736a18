import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { withoutSecret } from '../../errors/secrets.ts'
import { defaultListenAddress, nodeFlags, toAvailability } from './_node-flags.ts'

export default command({
  path: ['swarm join'],
  summary: 'Join a swarm as a node and/or manager',
  args: exactly(1, 'HOST:PORT'),
  since: '1.24',
  swarm: '',
  flags: {
    ...nodeFlags,
    token: string('Token that lets the node into the swarm'),
  },
  async run({ engine, out, signal }, { args, options }) {
    const token = options.token ?? ''
    const request = {
      ListenAddr: options.listenAddr ?? defaultListenAddress,
      AdvertiseAddr: options.advertiseAddr ?? '',
      DataPathAddr: options.dataPathAddr ?? '',
      RemoteAddrs: [...args],
      JoinToken: token,
      Availability: toAvailability(options.availability),
    }
    const { swarm, system } = await engine()
    await swarm.join(request, { signal }).catch((error: unknown) => {
      throw withoutSecret(error, token)
    })
    const { Swarm } = await system.info({ signal })
    out.line(`This node joined a swarm as a ${Swarm?.ControlAvailable === true ? 'manager' : 'worker'}.`)
  },
})
