import { tarOf } from './tar.ts'

/** A command line that makes requests, and what it needs to make them. */
export interface Line {
  readonly argv: readonly string[]
  readonly stdin?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
  /** Whether stdin, stdout and stderr are a terminal. */
  readonly terminal?: boolean
  /** What its working folder holds; one that names none may leave no file behind either. */
  readonly files?: Readonly<Record<string, string | Buffer>>
  /** Requests whose failure the reference overlooks, or answers by asking for something else, as `METHOD /path GROUP: FAULT`. */
  readonly overlooks?: RegExp
  /** Requests during which an interrupt goes to the container, so that only the third ends the program. */
  readonly proxied?: RegExp
}

/** The command lines of every command, by its path in the catalog; `none` for one that asks nobody. */
export const lines: Readonly<Record<string, readonly Line[] | 'none'>> = {
  'container attach': [line('attach web'), { ...line('attach tty1'), terminal: true, overlooks: /resize/ }],
  'builder prune': [line('builder prune -f'), line('builder prune -af --keep-storage 1g')],
  'checkpoint create': [line('checkpoint create web cp1')],
  'checkpoint ls': [line('checkpoint ls web')],
  'checkpoint rm': [line('checkpoint rm web cp1')],
  'container commit': [line('commit web repo:tag')],
  'completion bash': 'none',
  'completion fish': 'none',
  'completion powershell': 'none',
  'completion zsh': 'none',
  'config create': [{ ...line('config create c1 -'), stdin: 'data' }],
  'config inspect': [line('config inspect s1'), line('config inspect --pretty s1')],
  'config ls': [line('config ls')],
  'config rm': [line('config rm s1')],
  'container cp': [
    { ...line('cp web:/fruit out'), files: {} },
    { ...line('cp web:/fruit -'), overlooks: /archives/ },
    { ...line('cp local web:/fruit'), overlooks: /HEAD/, files: { local: 'apples' } },
    { ...line('cp - web:/fruit'), overlooks: /HEAD/, stdin: tarOf([{ name: 'a', content: 'b' }]) },
  ],
  'container create': [
    line('create busybox'),
    line('create --pull always busybox'),
    { ...line('create --cidfile id busybox'), files: {} },
  ],
  'container diff': [line('diff web')],
  'container exec': [
    line('exec web ls'),
    { ...line('exec -i web cat'), stdin: 'typed' },
    { ...line('exec -it tty1 sh'), terminal: true, overlooks: /resize/ },
    line('exec -d detached ls'),
  ],
  'container export': [{ ...line('export -o out.tar web'), files: {} }, line('export web')],
  'container inspect': [line('container inspect web'), line('container inspect -f {{.Name}} web')],
  'container kill': [line('kill web')],
  'container logs': [line('logs web'), line('logs tty1'), line('logs --details -t web')],
  'container ls': [line('ps'), line('ps -as'), line('ps -q'), line('ps --format json')],
  'container pause': [line('pause web')],
  'container port': [line('port web')],
  'container prune': [line('container prune -f')],
  'container rename': [line('rename web www')],
  'container restart': [line('restart web')],
  'container rm': [line('rm web'), { ...line('rm -f web'), overlooks: /statuses: 404/ }],
  'container run': [
    line('run busybox true'),
    line('run --rm busybox true'),
    { ...line('run -d busybox'), overlooks: /wait/ },
    { ...line('run -i busybox cat'), stdin: 'typed' },
    { ...line('run -it --name tty1 busybox'), terminal: true, overlooks: /resize/ },
    line('run --pull always busybox'),
  ],
  'container start': [line('start web'), line('start -a web'), { ...line('start -ai web'), stdin: 'typed' }],
  'container stats': [
    { ...line('stats --no-stream'), overlooks: /stats|events/ },
    line('stats --no-stream web'),
    line('stats --no-trunc --no-stream --format json web'),
  ],
  'container stop': [line('stop web')],
  'container top': [line('top web')],
  'container unpause': [line('unpause web')],
  'container update': [line('update -m 5m web')],
  'container wait': [line('wait web')],
  'context create': 'none',
  'context export': 'none',
  'context import': 'none',
  'context inspect': 'none',
  'context ls': 'none',
  'context rm': 'none',
  'context show': 'none',
  'context update': 'none',
  'context use': 'none',
  'system events': [line('events --since 1 --until 2'), line('events --since 1 --until 2 --format json')],
  'image build': [
    { ...line('build .'), env: { DOCKER_BUILDKIT: '0' }, files: { Dockerfile: 'FROM busybox' } },
    { ...line('build -q --iidfile id -'), env: { DOCKER_BUILDKIT: '0' }, stdin: 'FROM busybox', files: {} },
  ],
  'image history': [line('history busybox'), line('history --no-trunc -q busybox')],
  'image import': [{ ...line('import - repo:tag'), stdin: 'tar' }],
  'image inspect': [line('image inspect busybox')],
  'image load': [
    { ...line('load'), stdin: 'tar' },
    { ...line('load -i in.tar'), files: { 'in.tar': tarOf([]) } },
  ],
  'image ls': [line('images'), line('images -q'), line('images --digests --format json')],
  'image prune': [line('image prune -f')],
  'image pull': [line('pull busybox'), line('pull -q busybox'), line('pull -a busybox')],
  'image push': [line('push reg.example/app'), line('push -q reg.example/app')],
  'image rm': [line('rmi busybox')],
  'image save': [{ ...line('save -o out.tar busybox'), files: {} }, line('save busybox')],
  'image tag': [line('tag busybox repo:tag')],
  'system info': [line('info'), { argv: ['info', '--format', '{{json .}}'], overlooks: /info/ }],
  inspect: [
    { ...line('inspect web'), overlooks: /statuses: 404/ },
    line('inspect --type network appnet'),
    line('inspect --type volume data'),
  ],
  login: [{ ...line('login -u me --password-stdin reg.example'), stdin: 'secret', files: {} }],
  logout: 'none',
  'manifest annotate': 'none',
  'manifest create': 'none',
  'manifest inspect': 'none',
  'manifest push': 'none',
  'manifest rm': 'none',
  'network connect': [line('network connect appnet web')],
  'network create': [line('network create appnet')],
  'network disconnect': [line('network disconnect appnet web')],
  'network inspect': [line('network inspect appnet')],
  'network ls': [line('network ls')],
  'network prune': [line('network prune -f')],
  'network rm': [{ ...line('network rm appnet'), overlooks: /GET/ }],
  'node demote': [line('node demote node1')],
  'node inspect': [line('node inspect node1'), line('node inspect --pretty self')],
  'node ls': [line('node ls')],
  'node promote': [line('node promote node1')],
  'node ps': [
    { ...line('node ps'), overlooks: /services/ },
    { ...line('node ps node1'), overlooks: /services|nodes/ },
  ],
  'node rm': [line('node rm node1')],
  'node update': [line('node update --availability drain node1')],
  'plugin create': [{ ...line('plugin create p1 dir'), files: { 'dir/config.json': '{}', 'dir/rootfs/a': 'a' } }],
  'plugin disable': [line('plugin disable p1')],
  'plugin enable': [line('plugin enable p1')],
  'plugin inspect': [line('plugin inspect p1')],
  'plugin install': [line('plugin install --grant-all-permissions vieux/sshfs')],
  'plugin ls': [line('plugin ls')],
  'plugin push': [line('plugin push reg.example/p1')],
  'plugin rm': [line('plugin rm p1')],
  'plugin set': [line('plugin set p1 A=1')],
  'plugin upgrade': [line('plugin upgrade --grant-all-permissions --skip-remote-check vieux/sshfs')],
  search: [line('search busybox')],
  'secret create': [{ ...line('secret create s1 -'), stdin: 'data' }],
  'secret inspect': [line('secret inspect s1')],
  'secret ls': [line('secret ls')],
  'secret rm': [line('secret rm s1')],
  'service create': [
    { ...line('service create -d --network appnet --config token busybox'), overlooks: /distribution/ },
    line('service create -d -q --no-resolve-image --secret token --mode global busybox'),
  ],
  'service inspect': [line('service inspect frontend'), line('service inspect --pretty frontend')],
  'service ls': [line('service ls')],
  'service logs': [
    { ...line('service logs frontend'), overlooks: /services\/service1|nodes|frontend error statuses: 404/ },
    { ...line('service logs --raw frontend'), overlooks: /frontend error statuses: 404/ },
  ],
  'service ps': [{ ...line('service ps frontend'), overlooks: /services\/|nodes/ }],
  'service rollback': [line('service rollback -d frontend')],
  'service scale': [line('service scale -d frontend=5 web=2')],
  'service rm': [line('service rm frontend')],
  'service update': [
    line('service update -d --network-add appnet --secret-add token --force frontend'),
    line('service update -d --rollback frontend'),
  ],
  'stack config': 'none',
  'stack deploy': [
    {
      ...line('stack deploy -d -c stack.yml st'),
      overlooks: /distribution|(secrets|configs)\/token error statuses: 404/,
      files: {
        'stack.yml':
          'services: { web: { image: busybox, secrets: [s], configs: [c] } }\nsecrets: { s: { name: token, file: data } }\nconfigs: { c: { name: token, file: data } }\n',
        data: 'text',
      },
    },
    {
      ...line('stack deploy -d --prune --resolve-image never -c stack.yml st'),
      overlooks: /GET \/services|DELETE/,
      files: { 'stack.yml': 'services: { web: { image: busybox } }\n' },
    },
  ],
  'stack ls': [line('stack ls'), line('stack ls --format json')],
  'stack ps': [{ ...line('stack ps st'), overlooks: /services|nodes/ }],
  'stack rm': [line('stack rm st')],
  'stack services': [line('stack services st')],
  // Without -d it waits for nodes that never get there, as is right.
  'swarm ca': [line('swarm ca'), line('swarm ca --rotate -d')],
  // Any text may be the ID of a node.
  'swarm init': [
    { ...line('swarm init'), overlooks: /init JSON of every wrong kind: "x"/ },
    { ...line('swarm init --autolock'), overlooks: /init JSON of every wrong kind: "x"/ },
  ],
  'swarm join': [line('swarm join --token t manager1')],
  'swarm join-token': [line('swarm join-token worker'), line('swarm join-token --rotate -q manager')],
  'swarm leave': [line('swarm leave')],
  // It asks nothing more of an engine that is not locked, which is no success.
  'swarm unlock': 'none',
  'swarm unlock-key': [line('swarm unlock-key'), line('swarm unlock-key --rotate -q')],
  'swarm update': [line('swarm update --task-history-limit 3'), line('swarm update --autolock')],
  'system df': [line('system df'), line('system df -v'), line('system df --format json')],
  'system dial-stdio': 'none',
  'system prune': [line('system prune -f'), line('system prune -af --volumes')],
  version: [line('version'), line('version --format json')],
  'volume create': [line('volume create data')],
  'volume inspect': [line('volume inspect data')],
  'volume ls': [line('volume ls'), line('volume ls --format json')],
  'volume prune': [line('volume prune -f'), line('volume prune -af')],
  'volume rm': [line('volume rm data')],
  'volume update': [line('volume update --availability drain data')],
}

function line(text: string): Line {
  return {
    argv: text.split(' '),
    ...(/^(run|attach|start -a)/.test(text) ? { proxied: /\/(wait|start|attach|resize)$/ } : {}),
  }
}
