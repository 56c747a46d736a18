import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { joinAll, onSwarm, only, type SwarmNode, until, untilLogged } from '../engines/swarm.ts'

const limit = 300_000

await onSwarm('a stack on three nodes', ([one, two, three]) => {
  const image = `${one.testbed.registries.open}/busybox`
  const untilServices = (...wanted: string[]): Promise<unknown> =>
    until(`the stack has ${wanted.join(', ')}`, async () => {
      const found = await one.rows('stack services --format', '{{.Name}} {{.Replicas}}', 'trip')
      return only(found.toSorted(), (rows) => rows.join() === wanted.join())
    })

  test('make a swarm', { timeout: limit }, () => joinAll([one, two, three], image))

  test('is deployed, and its services find each other', { timeout: limit }, async () => {
    expect((await deploy(one, stack(image, 1, 'here'), 'here')).toSorted()).toEqual([
      'Creating config trip_here',
      'Creating network trip_default',
      'Creating service trip_back',
      'Creating service trip_front',
    ])
    await untilServices('trip_back 1/1', 'trip_front 1/1')
    await untilLogged(one, 'trip_front', 'config says here')
    await untilLogged(one, 'trip_front', 'back answers')
    const places = (await one.rows('stack ps --format', '{{.Name}} {{.Node}}', 'trip')).toSorted()
    expect(places).toEqual(['trip_back.1 node-2', 'trip_front.1 node-3'])
  })

  test('is updated by its next version', { timeout: limit }, async () => {
    const updated = await deploy(one, stack(image, 2, 'there'), 'there')
    expect(updated).toContain('Creating config trip_there')
    expect(updated).toContainEqual(expect.stringMatching(/^Updating service trip_front \(id: \w{25}\)$/))
    await untilLogged(one, 'trip_front', 'config says there')
    await untilServices('trip_back 2/2', 'trip_front 1/1')
    expect(await one.rows('stack ls --format', '{{.Name}} {{.Services}}')).toEqual(['trip 2'])
  })

  test('loses the services that its file has no more', { timeout: limit }, async () => {
    const pruned = await deploy(
      one,
      stack(image, 2, 'there').replace(/^ {2}front:\n( {4}.*\n)+/m, ''),
      'there',
      '--prune',
    )
    expect(pruned).toContain('Removing service trip_front')
    await untilServices('trip_back 2/2')
  })

  test('is removed with all that it has', { timeout: limit }, async () => {
    expect(await one.run('stack rm trip')).toMatch(/^Removing service trip_back\n/)
    const left = ['service ls -q', 'config ls -q', 'network ls -q --filter label=com.docker.stack.namespace=trip']
    for (const line of left) {
      await until(`${line} is empty`, async () => only(await one.rows(line), (rows) => rows.length === 0))
    }
    await until('its tasks are gone, too', async () =>
      only((await one.docket(['stack', 'ps', 'trip'])).stderr, (text) =>
        text.endsWith('nothing found in stack: trip\n'),
      ),
    )
  })
})

function deploy(node: SwarmNode, yaml: string, word: string, ...flags: string[]): Promise<string[]> {
  const folder = node.env['HOME'] ?? ''
  writeFileSync(join(folder, 'word'), word)
  writeFileSync(join(folder, 'stack.yaml'), yaml)
  return node.rows('stack deploy -c', join(folder, 'stack.yaml'), ...flags, 'trip')
}

/** Two services on different nodes; `front` asks `back` over the network of the stack, and prints what it says. */
function stack(image: string, replicas: number, word: string): string {
  return `
version: "3.8"
services:
  front:
    image: ${image}
    command: [sh, -c, "trap exit TERM; echo config says $$(cat /word); until nc back 80; do sleep 0.2; done; sleep 1000 & wait"]
    configs: [{ source: ${word}, target: /word }]
    stop_grace_period: 1s
    deploy: { placement: { constraints: [node.hostname == node-3] } }
  back:
    image: ${image}
    command: [sh, -c, "trap exit TERM; while :; do echo back answers | nc -l -p 80; done"]
    stop_grace_period: 1s
    deploy: { replicas: ${replicas}, endpoint_mode: dnsrr, placement: { constraints: [node.hostname == node-2] } }
configs:
  ${word}: { file: ./word }
`
}
