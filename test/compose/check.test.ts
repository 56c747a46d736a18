import { describe, expect, it, test } from 'vitest'
import { checkSchema, versionOf } from '../../src/compose/check.ts'
import { parseYaml } from '../../src/compose/yaml.ts'

/** Checks a text against a version, by default the newest. */
function check(text: string, version = '3.13'): void {
  checkSchema(parseYaml(Buffer.from(text)), version)
}

/** A file whose one service has these properties. */
const service = (properties: string) => `services: {foo: {${properties}}}`

describe('versionOf', () => {
  test.each([
    ['a: b', '3.13'],
    ['version: "3"', '3.13'],
    ['version: ""', '3.13'],
    ['version: 3', '3.13'],
    ['version: "3.0"', '3.0'],
    ['version: 3.8', '3.8'],
    ['version: "2.1"', '2.1'],
    ['version: ~', '<nil>'],
    ['version: [a, 1]', '[a 1]'],
  ])('%s is of %s', (text, version) => {
    expect(versionOf(parseYaml(Buffer.from(text)))).toBe(version)
  })
})

describe('checkSchema', () => {
  test.each(['1.0', '12345', '2.1', '3.14', '3.01', '4'])('knows no version %s', (version) => {
    expect(() => check(service('image: x'), version)).toThrow(`unsupported Compose file version: ${version}`)
  })

  test.each(Array.from({ length: 14 }, (_, minor) => `3.${minor}`))('takes a plain file of %s', (version) => {
    check(
      `version: "${version}"\n${service('image: x, ports: ["80:80"], volumes: ["a:/a"], deploy: {replicas: 2}')}`,
      version,
    )
  })

  const ports = ['8000', '"8000:8000"', '"8001-8005"', '"8001-8005:8001-8005"', '"8000-9000:80"', '"[::1]:8080:8000"']
  test.each([...ports, '"127.0.0.1:8000-8005:8000-8005"', '"8000:8000/udp"'])('takes port %s', (port) => {
    check(service(`ports: [${port}]`))
  })

  const wrongPorts = [
    '8000:8000/http',
    '-1',
    '65536',
    '-1:65536/http',
    'invalid',
    '12345678:80:80/tcp',
    '8005-8000:8005-8000',
  ]
  test.each(wrongPorts)('refuses port %s', (port) => {
    expect(() => check(service(`ports: ["${port}"]`))).toThrow("services.foo.ports.0 Does not match format 'ports'")
    expect(() => check(service(`ports: ["${port}"]`), '3.0')).toThrow(
      "services.foo.ports.0 Does not match format 'ports'",
    )
  })

  /** Each with the first minor version that has it, and the one that has what is around it. */
  const news: [text: string, property: string, since: number, around?: number][] = [
    ['secrets: {}', 'secrets', 1],
    [service('secrets: [a]'), 'secrets', 1],
    [service('deploy: {endpoint_mode: vip}'), 'endpoint_mode', 2],
    ['networks: {n: {attachable: true}}', 'attachable', 2],
    [service('build: {cache_from: [a]}'), 'cache_from', 2],
    ['configs: {}', 'configs', 3],
    [service('configs: [a]'), 'configs', 3],
    [service('credential_spec: {file: f}'), 'credential_spec', 3],
    [service('build: {labels: [a]}'), 'labels', 3],
    [service('deploy: {placement: {preferences: [{spread: a}]}}'), 'preferences', 3],
    ['x-extra: {}', 'x-extra', 4],
    ['volumes: {v: {name: n}}', 'name', 4],
    [service('healthcheck: {start_period: 1s}'), 'start_period', 4],
    [service('deploy: {update_config: {order: stop-first}}'), 'order', 4],
    [service('build: {network: n, target: t}'), 'network', 4],
    ['networks: {n: {name: n}}', 'name', 5],
    ['secrets: {s: {name: n}}', 'name', 5, 1],
    ['configs: {c: {name: n}}', 'name', 5, 3],
    [service('isolation: default'), 'isolation', 5],
    [service('deploy: {resources: {reservations: {generic_resources: []}}}'), 'generic_resources', 5],
    [service('volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1}}]'), 'tmpfs', 6, 2],
    [service('init: true'), 'init', 7],
    [service('x-extra: {}'), 'x-extra', 7],
    ['networks: {n: {x-extra: 1}}', 'x-extra', 7],
    ['volumes: {n: {x-cluster-spec: 1}}', 'x-cluster-spec', 7],
    ['secrets: {n: {x-extra: 1}}', 'x-extra', 7, 1],
    ['configs: {n: {x-extra: 1}}', 'x-extra', 7, 3],
    [service('deploy: {rollback_config: {order: start-first}}'), 'rollback_config', 7],
    [service('credential_spec: {config: c}'), 'config', 8, 3],
    [service('deploy: {placement: {max_replicas_per_node: 1}}'), 'max_replicas_per_node', 8],
    ['secrets: {s: {driver: d, driver_opts: {a: b}}}', 'driver', 8, 1],
    ['configs: {c: {template_driver: d}}', 'template_driver', 8, 3],
    [service('cgroupns_mode: host'), 'cgroupns_mode', 9],
    [service('build: {extra_hosts: [a]}'), 'extra_hosts', 9],
    [service('deploy: {resources: {limits: {pids: 1}}}'), 'pids', 9],
    [service('build: {unheard_of: 1}'), 'unheard_of', 11],
    [service('healthcheck: {start_interval: 1s}'), 'start_interval', 12],
    [service('oom_score_adj: 5'), 'oom_score_adj', 13],
    [service('networks: {n: {driver_opts: {a: b}}}'), 'driver_opts', 13],
  ]
  test.each(news)('%s has %s from 3.%i on', (text, property, since, around = 0) => {
    const message = `Additional property ${property} is not allowed`
    for (let minor = around; minor <= 13; minor++) {
      if (minor < since) expect(() => check(text, `3.${minor}`), `3.${minor}`).toThrow(message)
      else if (property !== 'x-cluster-spec' || minor < 10) check(text, `3.${minor}`)
    }
  })

  test.each([
    ['version: 3.8', 'version must be a string'],
    ['helicopters: {}', '(root) Additional property helicopters is not allowed'],
    ['services: []', 'services must be a mapping'],
    ['services: ~', 'services must be a mapping'],
    ['services: {foo: bar}', 'services.foo must be a mapping'],
    ['services: {"a b": {image: x}}', 'services Additional property a b is not allowed'],
    ['networks: []', 'networks must be a mapping'],
    ['networks: {default: bar}', 'networks.default must be a mapping or null'],
    ['volumes: {default: 5}', 'volumes.default must be a mapping or null'],
    ['volumes: {v: {external: 5}}', 'volumes.v.external must be a boolean or mapping'],
    [service('image: [a]'), 'services.foo.image must be a string'],
    [service('environment: foo'), 'services.foo.environment must be a mapping'],
    [service('environment: {FOO: [a]}'), 'services.foo.environment.FOO must be a string, number or null'],
    [service('environment: [a, a]'), 'services.foo.environment array items[0,1] must be unique'],
    [service('cap_add: [a, b, a]'), 'services.foo.cap_add array items[0,2] must be unique'],
    [service('expose: [1, 1.0]'), 'services.foo.expose array items[0,1] must be unique'],
    [service('networks: 5'), 'services.foo.networks must be a list'],
    [service('networks: {n: {bar: 1}}'), 'services.foo.networks.n Additional property bar is not allowed'],
    [service('volumes: [{source: x}]'), 'services.foo.volumes.0 type is required'],
    [
      service('volumes: [{type: tmpfs, tmpfs: {size: -1}}]'),
      'services.foo.volumes.0.tmpfs.size Must be greater than or equal to 0',
    ],
    [service('volumes: [{type: tmpfs, tmpfs: {size: 0.0001}}]'), 'services.foo.volumes.0.tmpfs.size must be a integer'],
    [service('volumes: [{type: tmpfs, foo: {}}]'), 'services.foo.volumes.0 Additional property foo is not allowed'],
    [service('ulimits: {nofile: {soft: 1}}'), 'services.foo.ulimits.nofile hard is required'],
    [service('stop_grace_period: 10'), 'services.foo.stop_grace_period must be a string'],
    [service('stop_grace_period: "10"'), "services.foo.stop_grace_period Does not match format 'duration'"],
    [service('deploy: {replicas: one}'), 'services.foo.deploy.replicas must be a integer'],
    [service('deploy: {replicas: 1.5}'), 'services.foo.deploy.replicas must be a integer'],
    [
      service('deploy: {resources: {impossible: {}}}'),
      'services.foo.deploy.resources Additional property impossible is not allowed',
    ],
    [
      service('deploy: {update_config: {order: x}}'),
      'services.foo.deploy.update_config.order services.foo.deploy.update_config.order must be one of the following: "start-first", "stop-first"',
    ],
    [service('environment: {1: a}'), 'json: unsupported type: map[interface {}]interface {}'],
    ['x-a: .inf', 'json: unsupported value: +Inf'],
  ])('%s: %s', (text, message) => {
    expect(() => check(text)).toThrow(new Error(message))
  })

  it('tells of the deepest fault, and of a wrong type before others', () => {
    expect(() => check('foo: 1\nservices: {a: {image: 5, deploy: {mode: 5}}}')).toThrow('services.a.deploy.mode must')
    expect(() => check('services: {a: {bogus: 1}, b: 5}')).toThrow('services.b must be a mapping')
  })

  it('takes other names of networks, with whatever they have', () => {
    check('networks: {"a b": {anything: 1}}')
  })
})
