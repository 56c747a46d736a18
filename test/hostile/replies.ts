import { containerInspect, containerSummary, imageInspect, plugin, stats } from './objects-container.ts'
import {
  images,
  info,
  network,
  node,
  secret,
  service,
  swarm,
  systemDf,
  task,
  version,
  volume,
} from './objects-system.ts'
import { tarOf } from './tar.ts'

/**
 * What the client does with a reply's body: nothing, decode one JSON value, decode a stream of them (progress, which may
 * report an error, or events), copy it to a file,
 * unpack it as a tar archive, take multiplexed frames apart, or leave HTTP; `stat` is a header, `ping` hints.
 */
export type Kind = 'none' | 'json' | 'lines' | 'events' | 'file' | 'tar' | 'frames' | 'upgrade' | 'stat' | 'ping'

/** How a well-behaved engine answers one request. */
export interface Good {
  readonly kind: Kind
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** A terminal's stream, which has no frames. */
  readonly raw?: true
  /** The value behind a body of JSON. */
  readonly value?: unknown
}

/** How a well-behaved engine answers; a path that it does not know is a mistake of the command lines. */
export function goodReply(method: string, path: string): Good {
  const bare = path.replace(/^\/v\d+\.\d+(?=\/)/, '').replace(/\?.*/, '')
  const query = new URLSearchParams(path.split('?')[1] ?? '')
  for (const [wanted, pattern, make] of routes) {
    if (wanted === method && pattern.test(bare)) return make(bare, query)
  }
  return json({ message: `page not found: ${method} ${bare}` }, 404)
}

/** A frame of a multiplexed stream. */
export function frameOf(stream: number, payload: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(payload), 4)
  return Buffer.concat([header, Buffer.from(payload)])
}

const id = 'c0ffee'.padEnd(64, '0')
const multiplexed = 'application/vnd.docker.multiplexed-stream'

function json(value: unknown, status = 200): Good {
  const body = Buffer.from(`${JSON.stringify(value)}\n`)
  return { kind: 'json', status, headers: { 'Content-Type': 'application/json' }, body, value }
}

function none(status = 204): Good {
  return { kind: 'none', status, headers: {}, body: Buffer.alloc(0) }
}

function lines(...values: unknown[]): Good {
  const body = Buffer.from(values.map((value) => `${JSON.stringify(value)}\r\n`).join(''))
  return { kind: 'lines', status: 200, headers: { 'Content-Type': 'application/json' }, body, value: values }
}

function asEvents(good: Good): Good {
  return { ...good, kind: 'events' }
}

function bytes(kind: 'tar' | 'file'): Good {
  const body = tarOf([
    { name: 'fruit/', type: '5' },
    { name: 'fruit/apple', content: 'apples\n' },
    { name: 'fruit/pear', content: 'pears '.repeat(400) },
  ])
  const headers = {
    'Content-Type': 'application/x-tar',
    'X-Docker-Container-Path-Stat': pathStat('fruit', 2 ** 31 + 0o755),
  }
  return { kind, status: 200, headers, body }
}

function frames(path: string): Good {
  if (path.includes('tty'))
    return { kind: 'frames', raw: true, status: 200, headers: {}, body: Buffer.from('out one\r\n') }
  const body = Buffer.concat([frameOf(1, 'out one\n'), frameOf(2, 'err one\n'), frameOf(1, 'out two\n')])
  return { kind: 'frames', status: 200, headers: { 'Content-Type': multiplexed }, body }
}

function taskFrames(): Good {
  const source = { node: task.NodeID, service: task.ServiceID, task: task.ID }
  const details = Object.entries(source).map(([what, id]) => `com.docker.swarm.${what}.id=${id}`)
  const body = Buffer.concat([1, 2].map((stream) => frameOf(stream, `${details.join(',')} line\n`)))
  return { kind: 'frames', status: 200, headers: { 'Content-Type': multiplexed }, body }
}

function upgrade(path: string): Good {
  return { ...frames(path), kind: 'upgrade', status: 101 }
}

function pathStat(name: string, mode: number): string {
  const stat = { name, size: 4096, mode, mtime: '2024-05-01T10:00:00Z', linkTarget: '' }
  return Buffer.from(JSON.stringify(stat)).toString('base64')
}

function stat(): Good {
  const headers = { 'X-Docker-Container-Path-Stat': pathStat('fruit', 2 ** 31 + 0o755) }
  return { kind: 'stat', status: 200, headers, body: Buffer.alloc(0) }
}

const ping = {
  kind: 'ping',
  status: 200,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', Swarm: 'active/manager' },
  body: Buffer.alloc(0),
} as const

const progress = lines(
  { status: 'Pulling from library/busybox', id: 'latest' },
  { status: 'Downloading', progressDetail: { current: 5, total: 10 }, progress: '[==>  ]', id: 'aaaa' },
  { status: 'Pull complete', progressDetail: {}, id: 'aaaa' },
  { status: 'Digest: sha256:1111' },
  { status: 'Status: Downloaded newer image for busybox:latest' },
)
const built = lines(
  { stream: 'Step 1/1 : FROM busybox\n' },
  { stream: ' ---> 1111\n' },
  { aux: { ID: `sha256:${id}` } },
  { stream: 'Successfully built 1111\n' },
)
const pushed = lines(
  { status: 'The push refers to repository [reg.example/app]' },
  { status: 'Pushed', progressDetail: {}, id: 'aaaa' },
  { status: `latest: digest: sha256:${id} size: 528` },
  { progressDetail: {}, aux: { Tag: 'latest', Digest: `sha256:${id}`, Size: 528 } },
)
const events: Good = asEvents(
  lines(
    {
      Type: 'container',
      Action: 'start',
      Actor: { ID: id, Attributes: { image: 'busybox', name: 'web' } },
      scope: 'local',
      time: 1714557600,
      timeNano: 1714557600e9,
    },
    {
      Type: 'image',
      Action: 'pull',
      Actor: { ID: 'busybox', Attributes: {} },
      time: 1714557601,
      timeNano: 1714557601e9,
    },
  ),
)
const pruned = { ContainersDeleted: [id], NetworksDeleted: ['n1'], VolumesDeleted: ['v1'], SpaceReclaimed: 1024 }

const routes: readonly [string, RegExp, (path: string, query: URLSearchParams) => Good][] = [
  ['HEAD', /^\/_ping$/, () => ping],
  ['GET', /^\/_ping$/, () => ({ ...ping, body: Buffer.from('OK') })],
  ['GET', /^\/containers\/json$/, () => json([containerSummary])],
  [
    'POST',
    /^\/containers\/create$/,
    (_path, query) => json({ Id: query.get('name') ?? id, Warnings: ['mind the gap'] }, 201),
  ],
  ['POST', /^\/containers\/prune$/, () => json(pruned)],
  [
    'GET',
    /^\/containers\/[^/]+\/json$/,
    (path) =>
      json({
        ...containerInspect,
        ...(path.includes('tty') ? { Id: 'tty1' } : {}),
        Config: { ...containerInspect.Config, Tty: path.includes('tty') },
      }),
  ],
  ['GET', /^\/containers\/[^/]+\/logs$/, frames],
  ['GET', /^\/containers\/[^/]+\/top$/, () => json({ Titles: ['PID', 'CMD'], Processes: [['1', 'sh']] })],
  [
    'GET',
    /^\/containers\/[^/]+\/changes$/,
    () =>
      json([
        { Path: '/etc', Kind: 0 },
        { Path: '/etc/x', Kind: 1 },
      ]),
  ],
  ['GET', /^\/containers\/[^/]+\/export$/, () => bytes('file')],
  [
    'GET',
    /^\/containers\/[^/]+\/stats$/,
    (_path, query) => (query.get('stream') === '1' ? asEvents(lines(stats, stats)) : json(stats)),
  ],
  ['GET', /^\/containers\/[^/]+\/archive$/, () => bytes('tar')],
  ['HEAD', /^\/containers\/[^/]+\/archive$/, stat],
  ['PUT', /^\/containers\/[^/]+\/archive$/, () => none(200)],
  ['GET', /^\/containers\/[^/]+\/checkpoints$/, () => json([{ Name: 'cp1' }])],
  ['POST', /^\/containers\/[^/]+\/checkpoints$/, () => none(201)],
  ['DELETE', /^\/containers\/[^/]+\/checkpoints\//, () => none()],
  ['POST', /^\/containers\/[^/]+\/wait$/, () => json({ StatusCode: 0 })],
  ['POST', /^\/containers\/[^/]+\/attach$/, upgrade],
  ['POST', /^\/containers\/[^/]+\/update$/, () => json({ Warnings: null })],
  [
    'POST',
    /^\/containers\/[^/]+\/exec$/,
    (path) => json({ Id: path.includes('tty') ? 'tty1' : path.includes('detached') ? 'detached1' : 'e1' }, 201),
  ],
  ['POST', /^\/exec\/detached1\/start$/, () => none(200)],
  ['POST', /^\/exec\/[^/]+\/start$/, upgrade],
  ['GET', /^\/exec\/[^/]+\/json$/, () => json({ ID: 'e1', Running: false, ExitCode: 0, Pid: 7 })],
  ['POST', /^\/containers\/[^/]+\/(start|stop|restart|kill|pause|unpause|rename|resize)$/, () => none()],
  ['POST', /^\/exec\/[^/]+\/resize$/, () => none(200)],
  ['DELETE', /^\/containers\//, () => none()],
  ['POST', /^\/commit$/, () => json({ Id: `sha256:${id}` }, 201)],
  ['POST', /^\/build$/, () => built],
  ['POST', /^\/build\/prune$/, () => json({ CachesDeleted: ['c1'], SpaceReclaimed: 1024 })],
  ['POST', /^\/images\/create$/, () => progress],
  ['POST', /^\/images\/load$/, () => lines({ stream: 'Loaded image: busybox:latest\n' })],
  [
    'POST',
    /^\/images\/prune$/,
    () => json({ ImagesDeleted: [{ Untagged: 'a:b' }, { Deleted: 'sha256:1' }], SpaceReclaimed: 1024 }),
  ],
  ['GET', /^\/images\/json$/, () => json(images)],
  [
    'GET',
    /^\/images\/search$/,
    () => json([{ name: 'busybox', description: 'A box', star_count: 3, is_official: true, is_automated: false }]),
  ],
  ['GET', /^\/images\/get$/, () => bytes('file')],
  [
    'GET',
    /^\/images\/.*\/history$/,
    () =>
      json([
        {
          Id: `sha256:${id}`,
          Created: 1714557600,
          CreatedBy: 'CMD ["sh"]',
          Tags: ['busybox:latest'],
          Size: 12,
          Comment: '',
        },
      ]),
  ],
  ['GET', /^\/images\/.*\/json$/, () => json(imageInspect)],
  ['POST', /^\/images\/.*\/push$/, () => pushed],
  ['POST', /^\/images\/.*\/tag$/, () => none(201)],
  ['DELETE', /^\/images\//, () => json([{ Untagged: 'busybox:latest' }, { Deleted: 'sha256:1' }])],
  ['GET', /^\/networks$/, () => json([network])],
  ['POST', /^\/networks\/create$/, () => json({ Id: 'n1', Warning: '' }, 201)],
  ['POST', /^\/networks\/prune$/, () => json(pruned)],
  ['GET', /^\/networks\//, () => json(network)],
  ['POST', /^\/networks\/[^/]+\/(dis)?connect$/, () => none(200)],
  ['DELETE', /^\/networks\//, () => none()],
  ['GET', /^\/volumes$/, () => json({ Volumes: [volume], Warnings: null })],
  ['POST', /^\/volumes\/create$/, () => json(volume, 201)],
  ['POST', /^\/volumes\/prune$/, () => json(pruned)],
  ['GET', /^\/volumes\//, () => json(volume)],
  ['PUT', /^\/volumes\//, () => none(200)],
  ['DELETE', /^\/volumes\//, () => none()],
  ['GET', /^\/nodes$/, () => json([node])],
  ['GET', /^\/nodes\//, () => json(node)],
  ['POST', /^\/nodes\/[^/]+\/update$/, () => none(200)],
  ['DELETE', /^\/nodes\//, () => none(200)],
  ['GET', /^\/swarm$/, () => json(swarm)],
  ['POST', /^\/swarm\/init$/, () => json(node.ID)],
  ['GET', /^\/swarm\/unlockkey$/, () => json({ UnlockKey: 'SWMKEY-1-k' })],
  ['POST', /^\/swarm\/(join|leave|update)$/, () => none(200)],
  ['POST', /^\/services\/create$/, () => json({ ID: service.ID, Warnings: null }, 201)],
  ['POST', /^\/services\/[^/]+\/update$/, () => json({ Warnings: null })],
  ['GET', /^\/services$/, () => json([service])],
  ['GET', /^\/(services|tasks)\/[^/]+\/logs$/, taskFrames],
  ['GET', /^\/services\//, () => json(service)],
  ['POST', /^\/services\/[^/]+\/update$/, () => json({ Warnings: ['mind the gap'] })],
  ['DELETE', /^\/services\//, () => none(200)],
  ['GET', /^\/tasks$/, () => json([task])],
  ['GET', /^\/tasks\//, () => json(task)],
  ['GET', /^\/(secrets|configs)$/, () => json([secret])],
  ['POST', /^\/(secrets|configs)\/create$/, () => json({ ID: 's1' }, 201)],
  ['POST', /^\/(secrets|configs)\/[^/]+\/update$/, () => none(200)],
  ['GET', /^\/(secrets|configs)\//, () => json(secret)],
  ['DELETE', /^\/(secrets|configs)\//, () => none()],
  ['GET', /^\/plugins$/, () => json([plugin])],
  ['GET', /^\/plugins\/privileges$/, () => json([{ Name: 'network', Description: 'permissions', Value: ['host'] }])],
  [
    'POST',
    /^\/plugins\/(pull|.*\/upgrade)$/,
    () => ({ ...progress, headers: { ...progress.headers, 'Docker-Plugin-Name': 'vieux/sshfs' } }),
  ],
  ['POST', /^\/plugins\/.*\/push$/, () => pushed],
  ['GET', /^\/plugins\/.*\/json$/, () => json(plugin)],
  ['POST', /^\/plugins\//, () => none()],
  ['DELETE', /^\/plugins\//, () => none()],
  ['GET', /^\/info$/, () => json(info)],
  ['GET', /^\/version$/, () => json(version)],
  ['GET', /^\/system\/df$/, () => json(systemDf)],
  ['GET', /^\/events$/, () => events],
  ['POST', /^\/auth$/, () => json({ Status: 'Login Succeeded', IdentityToken: '' })],
  ['GET', /^\/distribution\//, () => json({ Descriptor: { digest: `sha256:${id}` }, Platforms: [] })],
]
