import { describe, expect, it } from 'vitest'
import { catalog } from '../../../src/catalog.ts'
import { globalFlags } from '../../../src/cli/globals.ts'
import { sources } from '../../../src/commands/_completion/sources.ts'
import { loadCommand } from '../../../src/load-command.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const containers = [
  { Id: 'c1', Names: ['/web', '/db/link'], State: 'running', NetworkSettings: { Networks: { appnet: {} } } },
  { Id: 'c2', Names: ['/frozen'], State: 'paused', NetworkSettings: { Networks: {} } },
  { Id: 'c3', Names: ['/done'], State: 'exited', NetworkSettings: { Networks: {} } },
]
const replies = {
  'GET /containers/json': { json: containers },
  'GET /images/json': { json: [{ RepoTags: ['app:1', 'app:2'] }, { RepoTags: ['reg:5000/x:1'] }, { RepoTags: null }] },
  'GET /networks': { json: [{ Name: 'bridge' }, { Name: 'appnet' }] },
  'GET /volumes': { json: { Volumes: [{ Name: 'data' }] } },
  'GET /nodes': { json: [{ ID: 'n1', Description: { Hostname: 'host1' } }] },
  'GET /services': { json: [{ ID: 's1', Spec: { Name: 'web', Labels: { 'com.docker.stack.namespace': 'shop' } } }] },
  'GET /tasks': { json: [{ ID: 't1', ServiceID: 's1', Slot: 2 }] },
  'GET /secrets': { json: [{ ID: 'x1', Spec: { Name: 'key' } }] },
  'GET /configs': { json: [{ ID: 'y1', Spec: { Name: 'conf' } }] },
  'GET /plugins': { json: [{ Name: 'sshfs:latest' }] },
  'GET /info': {
    json: { Name: 'me', ID: 'id1', Plugins: { Log: ['local', 'syslog'], Volume: ['local'], Network: ['bridge'] } },
  },
}

/** What a shell is answered: the words, then the directive; `asks` are the requests that it takes. */
async function answer(
  line: string,
  asks: readonly (keyof typeof replies)[],
  env: Record<string, string> = {},
): Promise<string> {
  const engine = await fakeEngine(Object.fromEntries(asks.map((key) => [key, replies[key]])))
  const { stdout } = await run(['__complete', ...line.split(' ')], { engine, env })
  return stdout.trimEnd().replaceAll('\n', ' ')
}

describe('completion', () => {
  it('has an answer for every source that a command or flag names', async () => {
    const named = new Set(Object.values(globalFlags).map(({ complete }) => complete))
    for (const entry of catalog) {
      if (entry.kind !== 'command') continue
      const { complete, flags = {} } = await loadCommand(entry.file)
      for (const name of [complete, ...Object.values(flags).map((flag) => flag.complete)]) named.add(name)
    }
    named.delete(undefined)
    expect([...named].filter((name) => sources[name!] === undefined)).toEqual([])
    expect(Object.keys(sources).filter((name) => !named.has(name))).toEqual([])
  })

  it.each<[string, string, ...(keyof typeof replies)[]]>([
    ['run --ipc ', 'container: host none private shareable :4'],
    ['run --ipc c', 'container: :2'],
    ['run --ipc=container:w', 'container:web :4', 'GET /containers/json'],
    ['run --pid ', 'container: host :4'],
    ['run --network ', 'bridge appnet :4', 'GET /networks'],
    ['run --network container:d', 'container:done :4', 'GET /containers/json'],
    ['run --security-opt ', 'apparmor= label= no-new-privileges seccomp= systempaths=unconfined :4'],
    ['run --security-opt s', 'seccomp= systempaths=unconfined :4'],
    ['run --security-opt se', 'seccomp= :2'],
    ['run --security-opt label=', 'label=disable label=level: label=role: label=type: label=user: :6'],
    ['run --security-opt label=d', 'label=disable :4'],
    ['run --log-driver ', 'local syslog :4', 'GET /info'],
    ['run --log-driver local --log-opt m', 'max-buffer-size= mode= max-file= max-size= :6'],
    ['run --log-driver=none --log-opt ', ':6'],
    ['run --log-opt awslogs-g', 'awslogs-group= :2'],
    ['run --restart ', 'no always on-failure unless-stopped :4'],
    ['run --cap-add CAP_SYS_T', 'CAP_SYS_TIME CAP_SYS_TTY_CONFIG :4'],
    ['run --platform linux/arm64', 'linux/arm64 linux/arm64/v8 :4'],
    ['run --mount ', 'type= source= target= readonly bind-propagation= volume-opt= tmpfs-size= :2'],
    ['run --mount type=v', 'type=volume :2'],
    ['run --mount type=bind,s', 'type=bind,source= :2'],
    ['build --progress ', 'auto none plain quiet rawjson tty :4'],
    ['build --call o', 'outline :4'],
    ['build --allow s', 'security.insecure :4'],
    ['build -o type=o', 'type=oci :2'],
    ['build --output type=tar,d', 'type=tar,dest= :2'],
    ['build --cache-from ', 'app:1 app:2 reg:5000/x:1 :4', 'GET /images/json'],
    ['build --cache-from type=r', 'type=registry :2'],
    ['build --cache-to type=local,mode=', 'type=local,mode=max type=local,mode=min :2'],
    ['build --secret id=a,t', 'id=a,type= :2'],
    ['build --ssh ', 'default :4'],
    ['build --attest type=', 'type=provenance type=sbom :2'],
    ['build --provenance m', 'mode=min mode=max :4'],
    ['run --ulimit no', 'nofile= :2'],
    ['run --env-file ', ':0'],
    ['run -v ', 'data: :2', 'GET /volumes'],
    ['run --link ', 'web: frozen: done: :2', 'GET /containers/json'],
    ['run --volume-driver ', 'local :4', 'GET /info'],
    ['run a', 'app:1 app:2 :4', 'GET /images/json'],
    ['run app:1 ', ':4'],
    ['images a', 'app:1 app:2 app :6', 'GET /images/json'],
    ['rmi app:1 a', 'app:2 :4', 'GET /images/json'],
    ['exec ', 'web done :4', 'GET /containers/json'],
    ['unpause ', 'frozen :4', 'GET /containers/json'],
    ['start ', 'done :4', 'GET /containers/json'],
    ['rm ', 'done :4', 'GET /containers/json'],
    ['rm -f ', 'web frozen done :4', 'GET /containers/json'],
    ['rm --link ', 'db/link :4', 'GET /containers/json'],
    ['stop web ', 'frozen done :4', 'GET /containers/json'],
    ['cp ', 'web: frozen: done: :2', 'GET /containers/json'],
    ['cp web:/x ', ':0'],
    ['cp ./x d', 'done: :2', 'GET /containers/json'],
    ['network connect ', 'bridge appnet :4', 'GET /networks'],
    ['network connect appnet ', 'frozen done :4', 'GET /containers/json'],
    ['network disconnect appnet ', 'web :4', 'GET /containers/json'],
    ['network create -d ', 'bridge :4', 'GET /info'],
    ['volume rm ', 'data :4', 'GET /volumes'],
    ['node inspect ', 'host1 self :4', 'GET /nodes'],
    ['node update --role ', 'worker manager :4'],
    ['node ps --filter des', 'desired-state= :2'],
    ['node ps --filter desired-state=r', 'desired-state=running :4'],
    ['service scale ', 'web= :6', 'GET /services'],
    ['service create --constraint node.role==m', 'node.role==manager :4'],
    ['service create --constraint node.h', 'node.hostname== :2'],
    ['service create --mode g', 'global global-job :4'],
    ['service ps --filter node=', 'node=host1 :4', 'GET /nodes'],
    ['service ls --filter nosuch=', ':6'],
    ['service update --image ', 'app:1 app:2 reg:5000/x:1 :4', 'GET /images/json'],
    ['secret rm ', 'key :4', 'GET /secrets'],
    ['secret create new', 'new :4'],
    ['secret create new ', ':0'],
    ['config inspect ', 'conf :4', 'GET /configs'],
    ['stack ps ', 'shop :4', 'GET /services'],
    ['plugin rm ', 'sshfs:latest :4', 'GET /plugins'],
    ['events --filter ', 'container= daemon= event= image= label= network= node= scope= type= volume= :2'],
    ['events --filter daemon=', 'daemon=me daemon=id1 :4', 'GET /info'],
    ['events --filter scope=', 'scope=local scope=swarm :4'],
    ['inspect --type volume ', 'data :4', 'GET /volumes'],
    ['inspect --type=task ', 'web.2 :4', 'GET /tasks', 'GET /services'],
    ['inspect ', ':4'],
    ['build ', ':16'],
    ['build -f ', ':0'],
    ['save -o ', ':0'],
    ['ps --format ', ':4'],
    ['--log-level ', 'debug info warn error fatal panic :4'],
  ])('%j: %s', async (line, wanted, ...asks) => {
    expect(await answer(line, asks)).toBe(wanted)
  })

  it('offers IDs where the environment asks for them', async () => {
    const env = { DOCKER_COMPLETION_SHOW_CONTAINER_IDS: 'yes', DOCKER_COMPLETION_SHOW_SERVICE_IDS: 'yes' }
    expect(await answer('unpause ', ['GET /containers/json'], env)).toBe('c2 frozen :4')
    expect(await answer('service rm ', ['GET /services'], env)).toBe('web s1 :4')
  })

  it('says nothing, and that it failed, where the daemon does not answer', async () => {
    const engine = await fakeEngine({ 'GET /networks': { status: 500, json: { message: 'no' } } })
    const { stdout, stderr, exitCode } = await run(['__complete', 'network', 'rm', ''], { engine })
    expect([stdout, stderr, exitCode]).toEqual([
      ':1\n',
      'Completion ended with directive: ShellCompDirectiveError\n',
      0,
    ])
  })
})
