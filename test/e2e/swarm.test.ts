import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onSwarm, only, type SwarmNode, until, untilMembers } from '../engines/swarm.ts'

const limit = 300_000

// A swarm goes through its life: each test takes it as the one before left it.
await onSwarm('a swarm', ([one, two, three]) => {
  test('is made, and joined by a worker and a manager', { timeout: limit }, async () => {
    const made = await one.run('swarm init --advertise-addr', one.address)
    expect(made).toMatch(/^Swarm initialized: current node \(\w{25}\) is now a manager\.\n/)
    const worker = await one.run('swarm join-token -q worker')
    const manager = await one.run('swarm join-token -q manager')
    expect(made).toContain(`docker swarm join --token ${worker} ${one.address}:2377`)

    const wrong = worker.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
    const refused = await two.docket(['--debug', 'swarm', 'join', '--token', wrong, one.address])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('valid join token')])
    expect(refused.stdout + refused.stderr).not.toContain(wrong)

    const joined = await two.run('swarm join --token', worker, `${one.address}:2377`)
    expect(joined).toBe('This node joined a swarm as a worker.')
    expect(await three.run('swarm join --token', manager, one.address)).toBe('This node joined a swarm as a manager.')
    await untilMembers(one, 'node-1 Ready Active Leader', 'node-2 Ready Active', 'node-3 Ready Active Reachable')
  })

  test('gives new tokens, to managers only', { timeout: limit }, async () => {
    const before = await one.run('swarm join-token -q worker')
    const after = await one.run('swarm join-token -q --rotate worker')
    expect(after).toMatch(/^SWMTKN-1-/)
    expect(after).not.toBe(before)
    expect(await one.run('swarm join-token worker')).toContain(` --token ${after} ${one.address}:2377`)
    const refused = await two.docket(['swarm', 'join-token', 'worker'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('This node is not a swarm manager')])
  })

  test('has its workers promoted', { timeout: limit }, async () => {
    expect(await one.run('node promote node-2')).toBe('Node node-2 promoted to a manager in the swarm.')
    await untilMembers(
      one,
      'node-1 Ready Active Leader',
      'node-2 Ready Active Reachable',
      'node-3 Ready Active Reachable',
    )
    await until('node-2 manages', () => two.run('node ls -q'))
  })

  test('loses a manager, works on, and has it back', { timeout: limit }, async () => {
    await one.end('KILL')
    await untilMembers(
      two,
      /^node-1 \w+ Active Unreachable$/,
      /^node-2 Ready Active (Leader|Reachable)$/,
      /^node-3 Ready Active (Leader|Reachable)$/,
    )
    expect(await two.run('node update --label-add seen=1 node-1')).toBe('node-1')
    await one.begin()
    await untilMembers(one, /^node-1 Ready Active Reachable$/, /^node-2 Ready Active \w/, /^node-3 Ready Active \w/)
    expect(await one.run('node inspect --format', '{{.Spec.Labels.seen}}', 'self')).toBe('1')
  })

  test('has managers that are locked when they start, until they are given the key', { timeout: limit }, async () => {
    const locked = await one.run('swarm update --autolock')
    const key = /SWMKEY-1-\S+/.exec(locked)?.[0] ?? ''
    expect(locked).toMatch(/^Swarm updated\.\nTo unlock a swarm manager after it restarts/)
    expect(await one.run('swarm unlock-key -q')).toBe(key)
    await untilEncrypted(two, true)
    await two.end('TERM')
    await two.begin()
    const refused = await two.docket(['node', 'ls'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Swarm is encrypted')])

    const wrong = 'SWMKEY-1-WN0iyR0zUQpy1iDcWLY3mhNnKvUh+3ymXWjn6RQhL0M'
    const guessed = await two.docket(['--debug', 'swarm', 'unlock'], { input: `${wrong}\n` })
    expect([guessed.code, guessed.stderr]).toEqual([1, expect.stringContaining('invalid key provided')])
    expect(guessed.stdout + guessed.stderr).not.toContain(wrong)

    const terminal = two.terminal(['swarm', 'unlock'])
    await terminal.waitFor(/nter unlock key: $/, 30_000)
    terminal.write(`${key}\r`)
    const { code, before, after } = await terminal.ended(60_000)
    expect(code).toBe(0)
    expect(after).toBe(before)
    expect(terminal.shown()).not.toContain('SWMKEY')
    await until('node-2 manages again', () => two.run('node ls -q'))
    const again = await two.docket(['swarm', 'unlock'], { input: key })
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/^error: swarm is not locked$/im)])
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, /^node-3 Ready/)
  })

  test('gives a new unlock key, and none once it is open', { timeout: limit }, async () => {
    const key = await one.run('swarm unlock-key -q')
    const rotated = await one.run('swarm unlock-key --rotate -q')
    expect(rotated).toMatch(/^SWMKEY-1-/)
    expect(rotated).not.toBe(key)
    expect(await one.run('swarm update --autolock=false')).toBe('Swarm updated.')
    const none = await one.docket(['swarm', 'unlock-key'])
    expect([none.code, none.stderr]).toEqual([1, 'no unlock key is set\n'])
    for (const node of [one, two, three]) await untilEncrypted(node, false)
  })

  test('changes its root certificate', { timeout: limit }, async () => {
    const before = await one.run('swarm ca')
    const rotated = await one.run('swarm ca --rotate')
    const root = /-----BEGIN CERTIFICATE-----.*$/s.exec(rotated)?.[0]
    const progress = /^desired root digest: \n {2}rotated TLS certificates: \n.*desired root digest: sha256:\w{64}\n/s
    expect(rotated).toMatch(progress)
    expect(root).not.toBe(before)
    expect(await one.run('swarm ca')).toBe(root)

    const terminal = one.terminal(['swarm', 'ca', '--rotate', '--cert-expiry', '720h'], { columns: 120 })
    await terminal.waitFor(/rotated CA certificates: .*3\/3 nodes/, 120_000)
    expect((await terminal.ended(60_000)).code).toBe(0)
    const expiry = await one.run('info --format', '{{.Swarm.Cluster.Spec.CAConfig.NodeCertExpiry}}')
    expect(expiry).toBe('720h0m0s')
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, /^node-3 Ready/)
  })

  test('is left by a manager that was demoted, and by others that are forced to', { timeout: limit }, async () => {
    expect(await one.run('node demote node-3')).toBe('Manager node-3 demoted in the swarm.')
    await until('node-3 is a worker', async () =>
      only(await three.run('info --format', '{{.Swarm.ControlAvailable}}'), (found) => found === 'false'),
    )
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, 'node-3 Ready Active')
    expect(await three.run('swarm leave')).toBe('Node left the swarm.')
    await untilMembers(one, /^node-1 Ready/, /^node-2 Ready/, 'node-3 Down Active')
    expect(await one.run('node rm node-3')).toBe('node-3')
    const refused = await two.docket(['swarm', 'leave'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Use `--force` to')])
    for (const node of [two, one]) expect(await node.run('swarm leave --force')).toBe('Node left the swarm.')
    for (const node of [one, two, three]) {
      expect(await node.run('info --format', '{{.Swarm.LocalNodeState}}')).toBe('inactive')
    }
    const none = await one.docket(['swarm', 'leave'])
    expect([none.code, none.stderr]).toEqual([1, 'Error response from daemon: This node is not part of a swarm\n'])
  })
})

/** The daemon writes its node's key anew once it hears that the swarm is locked, or no more. */
function untilEncrypted(node: SwarmNode, wanted: boolean): Promise<unknown> {
  const file = join(node.testbed.folder, 'sandboxes', node.name, 'data/swarm/certificates/swarm-node.key')
  return until(`the key of ${node.name} is ${wanted ? '' : 'not '}encrypted`, () =>
    readFileSync(file, 'utf8').includes('ENCRYPTED') === wanted ? true : undefined,
  )
}
