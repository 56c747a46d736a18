import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { swarmOfOne } from '../engines/swarm.ts'

onEngines(
  'docket stack',
  (engine) => {
    const image = `${engine.testbed.registries.open}/${engine.name}/stack:1`
    const lines = swarmOfOne(engine, image)
    const file = (name: string, text: string): string => {
      const filename = join(engine.config, name)
      writeFileSync(filename, text)
      return filename
    }
    const services = (stack: string): Promise<string[]> =>
      lines('stack', 'services', '--format', '{{.Name}} {{.Replicas}} {{.Image}}', stack)

    test('makes what the file names, by its names or the stack’s, and its tasks see it', async () => {
      file('data', 'some text\n')
      const compose = file(
        'named.yml',
        `
version: "3.5"
services:
  web:
    image: ${image}
    command: sh -c 'cat /run/secrets/one /run/secrets/two /conf two; echo "$$WHO of $$NAME"; hostname; sleep 1000'
    hostname: here
    working_dir: /
    environment: { WHO: "\${WHO:-nobody}", NAME: "{{.Service.Name}}" }
    networks: [one, two]
    volumes: ["one:/v1", "two:/v2"]
    secrets: [one, two]
    configs: [{ source: one, target: /conf }, two]
    stop_grace_period: 1s
    deploy: { labels: { a: b }, restart_policy: { condition: none }, update_config: { monitor: 1s } }
networks: { one: { name: named }, two: }
volumes: { one: { name: named }, two: }
secrets: { one: { name: named, file: ./data }, two: { file: ./data } }
configs: { one: { name: named, file: ./data }, two: { file: ./data } }
`,
      )
      const deployed = await lines('stack', 'deploy', '--detach=false', '-q', '-c', compose, 'st')
      expect(deployed.toSorted()).toEqual([
        'Creating config named',
        'Creating config st_two',
        'Creating network named',
        'Creating network st_two',
        'Creating secret named',
        'Creating secret st_two',
        'Creating service st_web',
      ])
      expect(await services('st')).toEqual([`st_web 1/1 ${image}`])
      expect(await lines('stack', 'ls')).toEqual(['NAME      SERVICES', 'st        1'])
      const [task = ''] = await lines(
        'stack',
        'ps',
        '--no-trunc',
        '--format',
        '{{.Name}} {{.Image}} {{.CurrentState}}',
        'st',
      )
      expect(task).toMatch(/^st_web\.1 .*\/stack:1@sha256:\w{64} Running /)
      const [container = ''] = await lines('ps', '-q', '--filter', 'label=com.docker.swarm.service.name=st_web')
      await expect
        .poll(() => lines('logs', container), { timeout: 30_000 })
        .toEqual([...Array<string>(4).fill('some text'), 'nobody of st_web', 'here'])
      expect((await lines('stack', 'rm', '--detach=false', 'st')).toSorted()).toEqual([
        'Removing config named',
        'Removing config st_two',
        'Removing network named',
        'Removing network st_two',
        'Removing secret named',
        'Removing secret st_two',
        'Removing service st_web',
      ])
      expect(await lines('stack', 'ls')).toEqual(['NAME      SERVICES'])
      expect(await lines('ps', '-q', '--filter', 'label=com.docker.swarm.service.name=st_web')).toEqual([])
    }, 180_000)

    test('runs every service of the file once it is deployed, and says what it removes', async () => {
      const service = `image: ${image}, command: top, stop_grace_period: 1s`
      const compose = file('full.yml', `version: '3.3'\nservices: { one: { ${service} }, two: { ${service} } }`)
      // A header, then the tasks.
      const tasks = async (): Promise<number> =>
        (await engine.docket(['stack', 'ps', 'full', '-f=desired-state=running'])).stdout.trim().split('\n').length - 1
      await lines('stack', 'deploy', '--detach=false', `--compose-file=${compose}`, 'full')
      await expect.poll(tasks, { timeout: 30_000 }).toBe(2)
      expect(await engine.docket(['stack', 'rm', 'full'])).toMatchObject({
        code: 0,
        stdout: 'Removing service full_one\nRemoving service full_two\nRemoving network full_default\n',
        stderr: '',
      })
      await expect.poll(tasks, { timeout: 30_000 }).toBe(0)
      await expect
        .poll(() => engine.docket(['stack', 'rm', 'full']), { timeout: 30_000 })
        .toMatchObject({ stdout: '', stderr: 'Nothing found in stack: full\n' })
    }, 180_000)

    test('leaves a service alone that its file leaves as it was, and removes one that it does not name any more', async () => {
      const service = `{ image: "${image}", command: top, stop_grace_period: 1s, deploy: { update_config: { monitor: 1s } } }`
      const compose = (...names: string[]): string =>
        file('many.yml', `services: { ${names.map((name) => `${name}: ${service}`).join(', ')} }`)
      const tasks = (): Promise<string[]> => lines('stack', 'ps', '--no-trunc', '-q', 'st')
      await lines('stack', 'deploy', '--detach=false', '-q', '-c', compose('one', 'two'), 'st')
      const before = await tasks()
      expect(before).toHaveLength(2)
      const again = await lines('stack', 'deploy', '--detach=false', '-q', '-c', compose('one', 'two'), 'st')
      expect(again.toSorted()).toEqual([
        expect.stringMatching(/^Updating service st_one \(id: \w{25}\)$/),
        expect.stringMatching(/^Updating service st_two \(id: \w{25}\)$/),
      ])
      expect(await tasks()).toEqual(before)
      const pruned = await lines('stack', 'deploy', '--detach=false', '-q', '--prune', '-c', compose('two'), 'st')
      expect(pruned).toEqual(['Removing service st_one', expect.stringMatching(/^Updating service st_two /)])
      expect(await services('st')).toEqual([`st_two 1/1 ${image}`])
      expect(await lines('stack', 'rm', '--detach=false', 'st')).toEqual([
        'Removing service st_two',
        'Removing network st_default',
      ])
    }, 180_000)
  },
  ['swarm'],
)
