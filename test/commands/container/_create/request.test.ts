import { describe, expect, it } from 'vitest'
import { parseFlags } from '../../../../src/cli/grammar.ts'
import { configFlags } from '../../../../src/commands/container/_create/flags.ts'
import { toCreateRequest } from '../../../../src/commands/container/_create/request.ts'

const files: Record<string, string> = { 'env.list': 'A=1\nHOSTVAR\n# no\n', 'label.list': 'l=1\n' }

const requestContext = {
  getwd: () => '/cwd',
  serverOs: 'linux',
  lookup: (name: string) => (name === 'HOSTVAR' ? 'from host' : undefined),
  readFile(path: string): Uint8Array {
    const text = files[path]
    if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
    return Buffer.from(text)
  },
}

function request(...argv: string[]) {
  const { options, args } = parseFlags([...argv, 'busybox'], configFlags, { interspersed: false })
  const [image = '', ...command] = args
  return toCreateRequest(options, { image, command, env: options.env ?? [] }, requestContext)
}

const host = (...argv: string[]) => request(...argv).HostConfig
const endpoints = (...argv: string[]) => request(...argv).NetworkingConfig?.EndpointsConfig

describe('toCreateRequest', () => {
  it('asks for little where no option is given', () => {
    const { HostConfig, NetworkingConfig, ...config } = request()
    expect(config).toMatchObject({ Image: 'busybox', AttachStdin: false, AttachStdout: true, AttachStderr: true })
    expect([config.Env, config.Cmd, config.Entrypoint]).toEqual([null, null, null])
    expect(HostConfig).toMatchObject({ NetworkMode: 'default', RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } })
    expect(HostConfig).toMatchObject({ MemorySwappiness: -1, MaskedPaths: null, Binds: null, Devices: [] })
    expect(Object.keys(HostConfig)).not.toContain('Init')
    expect(NetworkingConfig?.EndpointsConfig?.['default']).toMatchObject({ Aliases: null, IPAMConfig: null })
  })

  it('takes the streams that are attached from -a and -i', () => {
    expect(request('-a', 'STDIN')).toMatchObject({ AttachStdin: true, AttachStdout: false, AttachStderr: false })
    expect(request('-i')).toMatchObject({ AttachStdin: true, AttachStdout: true, OpenStdin: true, StdinOnce: true })
    expect(request('-a', 'stdout', '-i')).toMatchObject({ AttachStdin: true, AttachStderr: false, StdinOnce: true })
  })

  it('resets the entrypoint only where an empty one is given', () => {
    expect(request('--entrypoint', 'sh').Entrypoint).toEqual(['sh'])
    expect(request('--entrypoint=').Entrypoint).toEqual([''])
  })

  it('reads files before flags for environment and labels', () => {
    expect(request('-e', 'B=2', '--env-file', 'env.list').Env).toEqual(['A=1', 'HOSTVAR=from host', 'B=2'])
    expect(request('-l', 'l=2', '--label-file', 'label.list').Labels).toEqual({ l: '2' })
  })

  it('parts volumes from binds, each once', () => {
    const { Volumes, HostConfig } = request('-v', '/data', '-v', './rel:/c:ro', '-v', 'vol:/v', '-v', 'vol:/v')
    expect(Volumes).toEqual({ '/data': {} })
    expect(HostConfig.Binds).toEqual(['/cwd/rel:/c:ro', 'vol:/v'])
  })

  it('exposes what it publishes', () => {
    const { ExposedPorts, HostConfig } = request('-p', '8080:80', '-p', '[::1]:8081:80', '--expose', '90-91/udp')
    expect(ExposedPorts).toEqual({ '80/tcp': {}, '90/udp': {}, '91/udp': {} })
    const bindings = [
      { HostIp: '', HostPort: '8080' },
      { HostIp: '::1', HostPort: '8081' },
    ]
    expect(HostConfig.PortBindings).toEqual({ '80/tcp': bindings })
  })

  it('keeps all digits of 64-bit limits', () => {
    expect(host('--ulimit', 'core=9223372036854775807', '--ulimit', 'cpu=1').Ulimits).toEqual([
      { Name: 'core', Hard: 9223372036854775807n, Soft: 9223372036854775807n },
      { Name: 'cpu', Hard: 1, Soft: 1 },
    ])
    expect(host('--memory', '1g', '--cpus', '1.5')).toMatchObject({ Memory: 1073741824, NanoCpus: 1_500_000_000 })
  })

  it('asks for CDI devices by name and for others by path', () => {
    const { Devices, DeviceRequests } = host('--device', '/dev/null:r', '--device', 'vendor.com/gpu=0', '--gpus', 'all')
    expect(Devices).toEqual([{ PathOnHost: '/dev/null', PathInContainer: '/dev/null', CgroupPermissions: 'r' }])
    expect(DeviceRequests?.map(({ Driver, DeviceIDs }) => [Driver, DeviceIDs])).toEqual([
      ['', null],
      ['cdi', ['vendor.com/gpu=0']],
    ])
  })

  it('takes the values of a flag and of its other name in the order they come', () => {
    expect(host('--dns-opt', 'a', '--dns-option', 'b', '--dns-opt', 'c').DnsOptions).toEqual(['a', 'b', 'c'])
    expect(Object.keys(endpoints('--net', 'one', '--network', 'two') ?? {})).toEqual(['one', 'two'])
  })

  it('gives the first network what the flags ask for', () => {
    const asked = endpoints(
      '--network',
      'name=one,gw-priority=2',
      '--network',
      'two',
      '--ip',
      '10.0.0.5',
      '--link',
      'a:b',
    )
    expect(asked?.['one']).toMatchObject({ IPAMConfig: { IPv4Address: '10.0.0.5' }, Links: ['a:b'], GwPriority: 2 })
    expect(asked?.['two']).toMatchObject({ IPAMConfig: null, Links: null })
    expect(endpoints('--network', 'one')).toEqual({})
    expect(endpoints('--mac-address', '92-D0-C6-0A-29-33')?.['default']?.MacAddress).toBe('92:d0:c6:0a:29:33')
    expect(endpoints('--network', 'one', '--ip6', '1.2.3.4')?.['one']?.IPAMConfig).toEqual({
      IPv6Address: '::ffff:1.2.3.4',
    })
  })

  it('checks health with what is given', () => {
    expect(request('--health-cmd', 'true', '--health-interval', '1m').Healthcheck).toEqual({
      Test: ['CMD-SHELL', 'true'],
      Interval: 60_000_000_000,
    })
    expect(request('--no-healthcheck').Healthcheck).toEqual({ Test: ['NONE'] })
    expect(request('--health-cmd', '').Healthcheck).toBeUndefined()
  })

  it.each([
    [['--mac-address', 'x'], 'x is not a valid mac address'],
    [['--memory-swappiness', '101'], 'invalid value: 101. Valid memory swappiness range is 0-100'],
    [['-v', 'ab::b'], 'invalid spec: ab::b: empty section between colons'],
    [['--expose', 'x'], "invalid range format for --expose: invalid start port 'x': invalid syntax"],
    [['--device', 'x'], 'x is not an absolute path'],
    [['--env-file', 'no'], '--env-file: open no: no such file or directory'],
    [['--label-file', 'no'], '--label-file: open no: no such file or directory'],
    [['--pid', 'x'], '--pid: invalid PID mode'],
    [['--restart', 'always', '--rm'], 'conflicting options: cannot specify both --restart and --rm'],
    [['--no-healthcheck', '--health-cmd', 'x'], '--no-healthcheck conflicts with --health-* options'],
    [['--health-retries', '-1'], '--health-retries cannot be negative'],
    [['--network-alias', 'x'], 'network-scoped aliases are only supported for user-defined networks'],
    [['--network', 'a', '--network', 'a'], 'network "a" is specified multiple times'],
    [
      ['--network', 'a', '--network', 'host'],
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    ],
    [
      ['--network', 'name=a,ip=1.2.3.4', '--ip', '1.2.3.5'],
      'conflicting options: cannot specify both --ip and per-network IPv4 address',
    ],
    // The first thing wrong in the reference's order is what is said.
    [['--restart', 'always', '--rm', '--pid', 'x', '-p', 'x'], 'invalid containerPort: x'],
  ])('refuses %j', (argv, message) => {
    expect(() => request(...argv)).toThrow(expect.objectContaining({ message }))
  })
})
