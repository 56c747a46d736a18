import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ContainerInspect } from '../../src/engine/types/container.ts'
import type { ServiceSpec } from '../../src/engine/types/service.ts'
import { onEngines } from '../engines.ts'
import { swarmOfOne } from '../engines/swarm.ts'

onEngines(
  'docket service create and update',
  (engine) => {
    const image = `${engine.testbed.registries.open}/${engine.name}/service:1`
    const lines = swarmOfOne(engine, image)
    const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await lines(...args)).join('')) as T
    const specOf = (service: string): Promise<ServiceSpec> =>
      json('service', 'inspect', '--format', '{{json .Spec}}', service)
    /** The containers of a service that run. */
    const running = (service: string): Promise<string[]> =>
      lines('ps', '-q', '--no-trunc', '--filter', `label=com.docker.swarm.service.name=${service}`)

    test('makes what the flags say, as its tasks see it', async () => {
      writeFileSync(join(engine.config, 'env'), 'FROM=file\nBOTH=file\n')
      const create = ['service', 'create', '-q', '--name', 'all', '--update-monitor', '1s']
      const [network] = await lines('network', 'create', '-d', 'overlay', 'net1')
      await lines('secret', 'create', 'pw', join(engine.config, 'env'))
      await lines('config', 'create', 'conf', join(engine.config, 'env'))
      const given = [
        '--network',
        'net1',
        '--secret',
        'source=pw,target=word,mode=0400',
        '--config',
        'source=conf,target=/c',
      ]
      const env = ['-e', 'BOTH=flag', '--env-file', join(engine.config, 'env')]
      const names = ['--host', 'there:10.1.2.3', '--dns', '10.9.9.9', '-l', 'a=b', '--container-label', 'c=d']
      const limits = [
        '--limit-memory',
        '64m',
        '--reserve-cpu',
        '0.01',
        '--ulimit',
        'nofile=100:200',
        '--cap-add',
        'net_admin',
      ]
      const system = ['--mount', 'type=tmpfs,target=/t', '--sysctl', 'net.core.somaxconn=99', '--init', '-w', '/tmp']
      const health = ['--health-cmd', 'true', '--health-interval', '500ms', '--stop-grace-period', '1s']
      const place = ['--constraint', 'node.role==manager']
      const flags = [given, env, names, limits, system, health, place].flat()
      const [id] = await lines(...create, ...flags, image, 'top')
      const spec = await specOf(id!)
      expect(spec).toMatchObject({ Name: 'all', Labels: { a: 'b' }, Mode: { Replicated: { Replicas: 1 } } })
      expect(spec.TaskTemplate?.ContainerSpec?.Image).toMatch(/\/service:1@sha256:\w{64}$/)
      expect(spec.TaskTemplate?.Networks).toEqual([{ Target: network }])
      const [container] = await running('all')
      const { Config: config, HostConfig: host } = await json<ContainerInspect>(
        'inspect',
        '--format',
        '{{json .}}',
        container!,
      )
      expect(config?.Env).toEqual(expect.arrayContaining(['FROM=file', 'BOTH=flag']))
      expect(config).toMatchObject({
        Cmd: ['top'],
        WorkingDir: '/tmp',
        Labels: { c: 'd' },
        Healthcheck: { Test: ['CMD-SHELL', 'true'] },
      })
      expect(host).toMatchObject({
        Memory: 67108864,
        Init: true,
        CapAdd: ['CAP_NET_ADMIN'],
        Dns: ['10.9.9.9'],
        Ulimits: [{ Name: 'nofile', Soft: 100, Hard: 200 }],
        Sysctls: { 'net.core.somaxconn': '99' },
      })
      const shown =
        'grep there /etc/hosts; cat /run/secrets/word /c; ls -l /run/secrets/word | cut -c1-10; grep " /t " /proc/mounts'
      expect(await lines('exec', container!, 'sh', '-c', shown)).toEqual([
        expect.stringMatching(/^10\.1\.2\.3\s+there/),
        'FROM=file',
        'BOTH=file',
        'FROM=file',
        'BOTH=file',
        '-r--------',
        expect.stringMatching(/^tmpfs \/t tmpfs /),
      ])
      await lines('service', 'rm', 'all')
      await expect
        .poll(() => lines('ps', '-aq', '--filter', 'label=com.docker.swarm.service.name=all'), { timeout: 60_000 })
        .toEqual([])
      for (const of of [
        ['secret', 'pw'],
        ['config', 'conf'],
        ['network', 'net1'],
      ])
        await lines(of[0]!, 'rm', of[1]!)
    }, 180_000)

    test('replaces tasks where something has changed, and only there', async () => {
      const quick = ['--update-monitor', '1s', '--rollback-monitor', '1s', '--stop-grace-period', '1s']
      await lines(
        'service',
        'create',
        '-q',
        '--name',
        'web',
        ...quick,
        '-e',
        'A=1',
        '-e',
        'B=2',
        '--cap-add',
        'CHOWN',
        image,
        'top',
      )
      const envOf = async () => (await specOf('web')).TaskTemplate?.ContainerSpec?.Env?.toSorted()
      const first = await running('web')
      expect(first).toHaveLength(1)
      // What is there already is no change.
      await lines(
        'service',
        'update',
        '-q',
        '--env-add',
        'A=1',
        '--label-add',
        'x=y',
        '--mount-rm',
        '/no',
        '--env-rm',
        'no',
        'web',
      )
      expect(await running('web')).toEqual(first)
      await lines(
        'service',
        'update',
        '-q',
        '--env-add',
        'C=3',
        '--env-rm',
        'B',
        '--cap-drop',
        'CHOWN',
        '--args',
        'sh -c "sleep 1000"',
        'web',
      )
      const second = await running('web')
      expect(second).not.toEqual(first)
      expect(await envOf()).toEqual(['A=1', 'C=3'])
      const { Config: config, HostConfig: host } = await json<ContainerInspect>(
        'inspect',
        '--format',
        '{{json .}}',
        second[0]!,
      )
      expect(config?.Cmd).toEqual(['sh', '-c', 'sleep 1000'])
      expect(host?.CapAdd ?? []).toEqual([])
      await lines('service', 'update', '-q', '--rollback', 'web')
      expect(await envOf()).toEqual(['A=1', 'B=2'])
      const third = await running('web')
      await lines('service', 'update', '-q', '--force', 'web')
      expect(await running('web')).not.toEqual(third)
      const { code, stderr } = await engine.docket([
        'service',
        'update',
        '--env-add',
        'A=2',
        '--secret-add',
        'gone',
        'web',
      ])
      expect([code, stderr]).toEqual([1, 'secret not found: gone\n'])
      await lines('service', 'rm', 'web')
    }, 180_000)

    test('runs jobs and global services to their end', async () => {
      const shown = (name: string) =>
        lines('service', 'ls', '--format', '{{.Mode}} {{.Replicas}}', '--filter', `name=${name}`)
      await lines(
        'service',
        'create',
        '-q',
        '--name',
        'jobs',
        '--mode',
        'replicated-job',
        '--replicas',
        '3',
        '--max-concurrent',
        '2',
        image,
        'true',
      )
      expect(await shown('jobs')).toEqual(['replicated job 0/2 (3/3 completed)'])
      await lines('service', 'create', '-q', '--name', 'once', '--mode', 'global-job', image, 'true')
      expect(await shown('once')).toEqual([expect.stringMatching(/^global job 0\/[01] \(1\/1 completed\)$/)])
      await lines(
        'service',
        'create',
        '-q',
        '--name',
        'each',
        '--mode',
        'global',
        '--update-monitor',
        '1s',
        '--stop-grace-period',
        '1s',
        image,
        'top',
      )
      expect(await shown('each')).toEqual(['global 1/1'])
      await lines('service', 'rm', 'jobs', 'once', 'each')
    }, 180_000)
  },
  ['swarm'],
)
