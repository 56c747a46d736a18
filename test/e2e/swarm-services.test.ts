import { expect, test } from 'vitest'
import { account } from '../engines/declared.ts'
import { joinAll, onSwarm, only, until, untilLogged, untilMembers } from '../engines/swarm.ts'

const limit = 300_000

// One swarm for all of it; each test makes its services and removes them.
await onSwarm('services on three nodes', ([one, two, three]) => {
  const image = `${one.testbed.registries.open}/busybox`

  /** On which nodes the tasks of a service run, once these are as they should be. */
  const untilPlaces = (service: string, fits: (places: string[]) => boolean): Promise<string[]> =>
    until(`${service} runs where it should`, async () => {
      const format = '{{.Node}} {{.CurrentState}}'
      const tasks = await one.rows('service ps --filter desired-state=running --format', format, service)
      const running = tasks.filter((task) => task.includes(' Running '))
      return only(running.map((task) => task.split(' ')[0] ?? '').toSorted(), fits)
    })

  test('make a swarm', { timeout: limit }, () => joinAll([one, two, three], image))

  test('a service converges on all of them', { timeout: limit }, async () => {
    const created = await one.run(`service create ${quick} --name web --replicas 3 ${image}`, ...says('web one'))
    expect(created).toMatch(/^\w{25}\noverall progress: .*verify: Service .*converged$/s)
    await untilPlaces('web', (at) => at.join() === 'node-1,node-2,node-3')
    expect(await one.rows('service ls --format', '{{.Name}} {{.Mode}} {{.Replicas}} {{.Image}}')).toEqual([
      `web replicated 3/3 ${image}:latest`,
    ])
  })

  test('a drained node gives its tasks away, and takes new ones once it is back', { timeout: limit }, async () => {
    expect(await one.run('node update --availability drain node-2')).toBe('node-2')
    await untilPlaces('web', (at) => at.length === 3 && !at.includes('node-2'))
    await untilMembers(one, 'node-1 Ready Active Leader', 'node-2 Ready Drain', 'node-3 Ready Active')
    expect(await one.rows('node ps --filter desired-state=running -q node-2')).toEqual([])
    await one.run('node update --availability active node-2')
    await one.run('service update -d --force web')
    await untilPlaces('web', (at) => at.length === 3 && at.includes('node-2'))
  })

  test('a lost node has its tasks taken over', { timeout: limit }, async () => {
    await three.end('KILL')
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, 'node-3 Down Active')
    await untilPlaces('web', (at) => at.length === 3 && !at.includes('node-3'))
    await three.begin()
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, 'node-3 Ready Active')
  })

  test('a service is scaled, updated and rolled back', { timeout: limit }, async () => {
    expect(await one.run('service scale web=2')).toMatch(/^web scaled to 2\n.*converged$/s)
    await untilPlaces('web', (at) => at.length === 2)
    const args = `sh -c '${says('web two')[2]}'`
    expect(await one.run('service update --label-add v=2 --args', args, 'web')).toMatch(/^web\n.*converged$/s)
    await untilLogged(one, 'web', 'web two')
    const label = '{{index .Spec.Labels "v"}}'
    expect(await one.run('service inspect --format', label, 'web')).toBe('2')
    expect(await one.run('service rollback web')).toMatch(/^web\n.*converged$/s)
    expect(await one.run('service inspect --format', label, 'web')).toBe('')
    await untilPlaces('web', (at) => at.length === 2)
    expect(await one.run('service rm web')).toBe('web')
  })

  test('services of every mode converge', { timeout: limit }, async () => {
    const everywhere = await one.run(`service create ${quick} --name all --mode global ${image}`, ...says('here'))
    expect(everywhere).toMatch(/verify: Service .*converged$/)
    await untilPlaces('all', (at) => at.join() === 'node-1,node-2,node-3')
    const job = `service create --name job --mode replicated-job --replicas 4 --max-concurrent 2 ${image} echo done`
    expect(await one.run(job)).toMatch(/^\w{25}\n.*\njob complete$/s)
    expect(await one.run(`service create --name jobs --mode global-job ${image} echo done`)).toMatch(/job complete$/)
    expect((await one.rows('service ls --format', '{{.Name}} {{.Mode}} {{.Replicas}}')).toSorted()).toEqual([
      'all global 3/3',
      'job replicated job 0/2 (4/4 completed)',
      'jobs global job 0/0 (3/3 completed)',
    ])
    expect((await one.rows('service logs --raw job')).length).toBe(4)
    expect(await one.rows('service rm all job jobs')).toEqual(['all', 'job', 'jobs'])
  })

  test('a service is waited for on a terminal, until Ctrl-C', { timeout: limit }, async () => {
    const create = `service create ${quick} --name far --constraint node.labels.far==1 ${image}`
    const terminal = one.terminal([...create.split(' '), ...says('far')], { columns: 120 })
    await terminal.waitFor('overall progress: 0 out of 1 tasks', 60_000)
    terminal.write('\x03')
    await terminal.waitFor('Operation continuing in background.', 60_000)
    const { code, before, after } = await terminal.ended(60_000)
    expect([code, after]).toEqual([0, before])
    expect(await one.rows('service ls --format', '{{.Name}} {{.Replicas}}')).toEqual(['far 0/1'])

    await one.run('node update --label-add far=1 node-3')
    const again = one.terminal(['service', 'update', '--force', 'far'], { columns: 120 })
    await again.waitFor(/1\/1: running +\[=+>\]/, 60_000)
    await again.waitFor('converged', 60_000)
    expect((await again.ended(60_000)).code).toBe(0)
    await untilPlaces('far', (at) => at.join() === 'node-3')
    await one.run('service rm far')
  })

  test('an image that needs a password is pulled by the node that runs it', { timeout: limit }, async () => {
    const { password } = one.testbed.registries
    const closed = `${password}/closed`
    const login = ['login', '-u', account.username, '--password-stdin', password]
    expect((await one.docket(login, { input: account.password })).code).toBe(0)
    await one.run('tag busybox', closed)
    await one.run('push -q', closed)
    const create = `service create -d ${quick} --name closed --constraint node.hostname==node-2 ${closed}`
    const { code, stderr } = await one.docket([...create.split(' '), ...says('open')], { limit: 120_000 })
    expect([code, stderr]).toEqual([0, expect.stringContaining('could not be accessed on a registry')])
    await until('node-2 lacks the image', async () =>
      only(await one.run('service ps --no-trunc --format {{.Error}} closed'), (error) => /No such image/.test(error)),
    )
    expect(await one.run(`service update --with-registry-auth --image ${closed} closed`)).toMatch(/converged$/)
    await untilPlaces('closed', (at) => at.join() === 'node-2')
    await one.run('service rm closed')
  })

  test('a secret is rotated', { timeout: limit }, async () => {
    for (const age of ['old', 'new']) {
      const { stdout } = await one.docket(['secret', 'create', `key-${age}`, '-'], { input: `${age} key\n` })
      expect(stdout).toMatch(/^\w{25}\n$/)
    }
    const create = `service create -d ${quick} --name safe --secret source=key-old,target=key ${image}`
    await one.run(create, ...says('$(cat /run/secrets/key)'))
    await untilLogged(one, 'safe', 'old key')
    const removed = await one.docket(['secret', 'rm', 'key-old'])
    expect([removed.code, removed.stderr]).toEqual([1, expect.stringContaining("secret 'key-old' is in use by")])
    await one.run('service update -d --secret-rm key-old --secret-add source=key-new,target=key safe')
    await untilLogged(one, 'safe', 'new key')
    expect(await one.run('secret rm key-old')).toBe('key-old')
    await one.run('service rm safe')
    expect(await one.run('secret rm key-new')).toBe('key-new')
  })

  test('logs are followed from a task to the one that takes its place', { timeout: limit }, async () => {
    const create = `service create -d ${quick} --name talker --restart-delay 0s ${image}`
    await one.run(create, ...says('started on $HOSTNAME'))
    const [first] = await untilPlaces('talker', (at) => at.length === 1)
    const following = one.start(['service', 'logs', '-f', 'talker'])
    let shown = ''
    following.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
    const heard = (count: number): Promise<string[]> =>
      until(`${count} tasks are heard`, () => only(shown.split('\n').slice(0, -1), (lines) => lines.length >= count))
    await heard(1)
    const home = [one, two, three].find(({ name }) => name === first)!
    await home.run('kill', ...(await home.rows('ps -q --filter label=com.docker.swarm.service.name=talker')))
    const lines = await heard(2)
    for (const line of lines) expect(line).toMatch(/^talker\.1\.\w{12}@node-\d +\| started on \w+$/)
    expect(new Set(lines).size).toBe(2)
    await one.run('service rm talker')
  })
})

/** What spares a test the ten seconds that a task may take to stop, and most of the time that an update is watched. */
const quick = '--stop-grace-period 1s --update-monitor 1s --rollback-monitor 1s'

/** A program that says something, and ends as soon as it is told to. */
function says(words: string): [string, string, string] {
  return ['sh', '-c', `trap exit TERM; echo ${words}; sleep 1000 & wait`]
}
