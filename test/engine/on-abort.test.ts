import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { onAbort } from '../../src/engine/on-abort.ts'

test('all that wait are told once, but not those that gave up waiting', () => {
  const controller = new AbortController()
  const told: string[] = []
  const giveUp = onAbort(controller.signal, () => told.push('given up'))
  onAbort(controller.signal, () => told.push(String(controller.signal.reason)))
  onAbort(new AbortController().signal, () => told.push('another'))
  onAbort(undefined, () => told.push('none'))()
  onAbort(controller.signal, () => told.push('last'))
  giveUp()
  giveUp()
  controller.abort('enough')
  expect(told).toEqual(['enough', 'last'])
})

test('one that is told may make others give up waiting', () => {
  const controller = new AbortController()
  const told: number[] = []
  const giveUps = [1, 2, 3].map((each) =>
    onAbort(controller.signal, () => {
      told.push(each)
      for (const giveUp of giveUps) giveUp()
    }),
  )
  controller.abort()
  expect(told).toEqual([1])
})

test('any number that wait take one listener', () => {
  const { signal } = new AbortController()
  const giveUps = Array.from({ length: 100 }, () => onAbort(signal, () => undefined))
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  for (const giveUp of giveUps) giveUp()
  onAbort(signal, () => undefined)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
})
