import { describe, expect, test } from 'vitest'
import { any, dynamic, embed, field, int64, map, methods, slice, str, struct, value, zero } from '../../src/go/types.ts'

describe('types', () => {
  test('are named as Go names them', () => {
    expect(map(str, slice(any)).name).toBe('map[string][]interface {}')
    expect(methods('*formatter.ContainerContext', {}).name).toBe('*formatter.ContainerContext')
  })

  test('a struct may refer to itself', () => {
    const node = struct('x.Node', () => ({ Next: field(slice(node), 'next,omitempty'), Base: embed(base) }))
    const base = struct('x.Base', { ID: field(int64, '-') })
    expect(node.fields?.map(({ name, json, omit, embedded }) => [name, json, omit, embedded])).toEqual([
      ['Next', 'next', 'empty', undefined],
      ['Base', '', undefined, true],
    ])
  })

  test('a missing raw value is the zero value', () => {
    expect(value(str, undefined).raw).toBe('')
    expect(zero(slice(str))).toBe(null)
  })

  test('what an interface holds has the type encoding/json would give it', () => {
    expect(dynamic({ a: 1 })?.type.name).toBe('map[string]interface {}')
    expect(dynamic([1])?.type.name).toBe('[]interface {}')
    expect(dynamic(1)?.type.name).toBe('float64')
    expect(dynamic(value(any, value(str, 'x')))?.type.name).toBe('string')
    expect(dynamic(null)).toBe(undefined)
  })
})
