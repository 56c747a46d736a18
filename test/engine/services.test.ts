import { expect, test } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'

test('writes a specification as Go does: fields in order, what is empty left out, maps sorted, what is unknown dropped', async () => {
  const fake = await fakeEngine({ 'POST /services/create': { status: 201, json: { ID: 's1', Warnings: null } } })
  const { services } = fake.engine()
  const spec = {
    Labels: { b: '<2>', a: '1' },
    Name: 'web',
    Unknown: 1,
    TaskTemplate: { ContainerSpec: { Init: false, Image: 'busybox', Env: [], StopGracePeriod: 2n ** 62n } },
    Mode: { Replicated: { Replicas: 0 } },
    UpdateConfig: { MaxFailureRatio: 0.1 },
  }
  expect(await services.create(spec, { registryAuth: 'e30=' })).toEqual({ ID: 's1', Warnings: null })
  const [request] = fake.requests
  expect(request?.headers['x-registry-auth']).toBe('e30=')
  expect(request?.headers['content-type']).toBe('application/json')
  expect(String(request?.body)).toBe(
    '{"Name":"web","Labels":{"a":"1","b":"\\u003c2\\u003e"},' +
      '"TaskTemplate":{"ContainerSpec":{"Image":"busybox","Init":false,"StopGracePeriod":4611686018427387904},"ForceUpdate":0},' +
      '"Mode":{"Replicated":{"Replicas":0}},"UpdateConfig":{"Parallelism":0,"MaxFailureRatio":0.1,"Order":""}}',
  )
})

test('sends back exactly what it read, whole numbers beyond 2^53 and all', async () => {
  const text =
    '{"Name":"web","Labels":{"__proto__":"x"},"TaskTemplate":{"ContainerSpec":{' +
    '"Privileges":{"CredentialSpec":null,"SELinuxContext":null,"Seccomp":{"Mode":"custom","Profile":"e30="},"NoNewPrivileges":false},"Init":false},' +
    '"RestartPolicy":{"MaxAttempts":18446744073709551615},"ForceUpdate":3},"Mode":{"Global":{}}}'
  const fake = await fakeEngine({
    'GET /services/web': { text: `{"ID":"s1","Version":{"Index":9007199254740993},"Spec":${text}}` },
    'POST /services/s1/update': { json: { Warnings: ['careful'] } },
  })
  const { services } = fake.engine()
  const { ID, Version, Spec } = await services.inspectExact('web')
  const options = { rollback: 'none', registryAuthFrom: 'spec' } as const
  expect(await services.update(ID, Version!.Index!, Spec!, options)).toEqual(['careful'])
  expect(fake.requests[1]?.query).toEqual({ version: '9007199254740993', registryAuthFrom: 'spec', rollback: 'none' })
  expect(String(fake.requests[1]?.body)).toBe(text)
})

test('gives an empty ID where the daemon tells none', async () => {
  const fake = await fakeEngine({ 'POST /services/create': { json: {} } })
  expect(await fake.engine().services.create({})).toEqual({ ID: '', Warnings: null })
})

test("asks for an image's digest and platforms", async () => {
  const answer = {
    Descriptor: { mediaType: 'm', digest: `sha256:${'a'.repeat(64)}`, size: 3 },
    Platforms: [{ architecture: 'arm', os: 'linux' }],
  }
  const fake = await fakeEngine({ 'GET /distribution/example.com/a:1/json': { json: answer } })
  const { images } = fake.engine()
  expect(await images.distribution('example.com/a:1', { registryAuth: 'abc' })).toEqual(answer)
  expect(fake.requests[0]?.headers['x-registry-auth']).toBe('abc')
})
