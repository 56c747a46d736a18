import { describe, expect, it } from 'vitest'
import { decode } from '../../../src/go/decode.ts'
import type { Type } from '../../../src/go/types.ts'
import { dockerFunctions } from '../../../src/format/template/docker.ts'
import { compile } from '../../../src/format/template/template.ts'
import { containerInspect } from '../../../src/wire/container.ts'
import { imageInspect } from '../../../src/wire/image.ts'
import { networkInspect } from '../../../src/wire/network.ts'
import { plugin } from '../../../src/wire/plugin.ts'
import { service } from '../../../src/wire/swarm-service.ts'
import { volume } from '../../../src/wire/volume.ts'

function show(type: Type, wire: unknown, template: string): string {
  return compile('', template, { funcs: dockerFunctions }).execute(decode(type, JSON.stringify(wire)))
}

describe('types of described objects', () => {
  it.each<[Type, unknown, string, string]>([
    [containerInspect, { Id: 'a' }, '{{.ID}} {{.HostConfig}} {{.Mounts}}', 'a <nil> []'],
    [containerInspect, { Mounts: [{ Type: 'bind', Source: '/s', RW: true }] }, '{{.Mounts}}', '[{bind  /s    true }]'],
    [
      containerInspect,
      { HostConfig: { PortBindings: { '80/TCP': [{ HostIp: '', HostPort: '1' }], '9': null } } },
      '{{.HostConfig.PortBindings}}',
      'map[9/tcp:[] 80/tcp:[{invalid IP 1}]]',
    ],
    [
      containerInspect,
      { HostConfig: { NetworkMode: 'container:x' } },
      '{{.HostConfig.NetworkMode.IsContainer}}',
      'true',
    ],
    [
      containerInspect,
      { HostConfig: { PidsLimit: 5, Memory: 2 ** 33 } },
      '{{.HostConfig.PidsLimit}} {{.HostConfig.Memory}}',
      '5 8589934592',
    ],
    [
      containerInspect,
      { HostConfig: { Ulimits: [{ Name: 'nofile', Hard: 2, Soft: 1 }] } },
      '{{.HostConfig.Ulimits}}',
      '[nofile=1:2]',
    ],
    [
      containerInspect,
      { HostConfig: { RestartPolicy: { Name: 'always' } } },
      '{{.HostConfig.RestartPolicy.IsAlways}}',
      'true',
    ],
    [
      containerInspect,
      { NetworkSettings: { Networks: { n: { IPAddress: '::0', MacAddress: '02:42:AC:11:00:02' } } } },
      '{{with .NetworkSettings.Networks.n}}{{.IPAddress}} {{.MacAddress}} {{.Gateway}}{{end}}',
      ':: 02:42:ac:11:00:02 invalid IP',
    ],
    [
      containerInspect,
      { NetworkSettings: { Networks: { n: {} } } },
      '{{if .NetworkSettings.Networks.n.MacAddress}}yes{{else}}no{{end}}',
      'no',
    ],
    [
      containerInspect,
      { Config: { Healthcheck: { Interval: 1_500_000_000 } } },
      '{{.Config.Healthcheck.Interval}}',
      '1.5s',
    ],
    [containerInspect, { SizeRw: 5 }, '{{json .SizeRw}} {{json .SizeRootFs}}', '5 null'],
    [
      imageInspect,
      { Id: 'x', Config: { Env: ['A=1'] } },
      '{{.ID}} {{.Config.Env}} {{.Metadata.LastTagTime.IsZero}}',
      'x [A=1] true',
    ],
    [
      networkInspect,
      { IPAM: { Config: [{ Subnet: '10.0.0.0/8' }] } },
      '{{range .IPAM.Config}}{{.Subnet}}{{.Gateway}}{{end}}',
      '10.0.0.0/8invalid IP',
    ],
    [
      networkInspect,
      { Containers: { a: { IPv6Address: 'fe80::/64' } } },
      '{{json .Containers.a.IPv6Address}}',
      '"fe80::/64"',
    ],
    [volume, { Labels: { a: 'b' }, Status: { x: [1] } }, '{{.Labels}} {{.Status}}', 'map[a:b] map[x:[1]]'],
    [
      plugin,
      { Config: { Interface: { Types: ['docker.volumedriver/1.0'] } } },
      '{{range .Config.Interface.Types}}{{.}} {{.Capability}}{{end}}',
      'docker.volumedriver/1.0 volumedriver',
    ],
    [
      service,
      { Version: { Index: 7 }, Spec: { Mode: { Replicated: { Replicas: 3 } } } },
      '{{.Version}} {{.Spec.Mode.Replicated.Replicas}}',
      '7 3',
    ],
  ])('%# shows what Go shows', (type, wire, template, expected) => {
    expect(show(type, wire, template)).toBe(expected)
  })

  it('refuses what Go could not decode', () => {
    const wire = { NetworkSettings: { Networks: { n: { IPAddress: 'bogus' } } } }
    expect(() => show(containerInspect, wire, '')).toThrow('ParseAddr("bogus"): unable to parse IP')
  })
})
