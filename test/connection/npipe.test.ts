import { expect, test } from 'vitest'
import { pipePath } from '../../src/connection/connector.ts'

test('a pipe has the path that Windows knows it by', () => {
  expect(pipePath('//./pipe/docker_engine')).toBe('\\\\.\\pipe\\docker_engine')
  expect(pipePath('//server/pipe/x')).toBe('\\\\server\\pipe\\x')
})
