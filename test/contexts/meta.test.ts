import { describe, expect, test } from 'vitest'
import { decodeLoosely, decodeMeta, dockerEndpoint, encodeMeta } from '../../src/contexts/meta.ts'

describe('meta.json', () => {
  test.each([
    ['{"Name":"a","Metadata":{},"Endpoints":{"docker":{"Host":"h","SkipTLSVerify":false}}}', undefined],
    ['{"name":"a","METADATA":null,"endpoints":{}}', '{"Name":"a"}'],
    ['null', '{}'],
    [
      '{"Metadata":{"z":1e3,"Description":"","10":1,"2":[{"b":1,"a":null}]}}',
      '{"Metadata":{"10":1,"2":[{"a":null,"b":1}],"z":1000}}',
    ],
    ['{"Metadata":{"Description":"<\u2028é>"}}', '{"Metadata":{"Description":"\\u003c\\u2028é\\u003e"}}'],
    [
      '{"Endpoints":{"z":null,"docker":{"skiptlsverify":true,"host":"","more":1},"k":{"b":1,"a":2}}}',
      '{"Endpoints":{"docker":{"SkipTLSVerify":true},"k":{"a":2,"b":1},"z":null}}',
    ],
  ])('%s is written as Go writes it', (text, written) => {
    expect(encodeMeta(decodeMeta(text))).toBe(written ?? text)
  })

  test.each([
    ['[]', 'json: cannot unmarshal array into Go value of type store.untypedContextMetadata'],
    ['{"Name":5}', 'json: cannot unmarshal number into Go struct field untypedContextMetadata.name of type string'],
    ['{"Metadata":"x"}', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
    [
      '{"Endpoints":[]}',
      'json: cannot unmarshal array into Go struct field untypedContextMetadata.endpoints of type map[string]json.RawMessage',
    ],
    ['{"Endpoints":{"docker":5}}', 'json: cannot unmarshal number into Go value of type context.EndpointMetaBase'],
    [
      '{"Endpoints":{"docker":{"Host":true}}}',
      'json: cannot unmarshal bool into Go struct field EndpointMetaBase.Host of type string',
    ],
    [
      '{"Endpoints":{"docker":{"SkipTLSVerify":"x"}}}',
      'json: cannot unmarshal string into Go struct field EndpointMetaBase.SkipTLSVerify of type bool',
    ],
    ['{"Endpoints":{"k":"x"}}', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
    ['{', 'unexpected end of JSON input'],
    ['', 'unexpected end of JSON input'],
    ['{} x', "invalid character 'x' after top-level value"],
  ])('%s is refused', (text, why) => {
    expect(() => decodeMeta(text)).toThrow(why)
  })

  test('an archive may hold what only another program understands', () => {
    const text = '{"endpoints":{"docker":5,"x":null},"metadata":[3],"name":"a","more":1}'
    expect(encodeMeta(decodeLoosely(text))).toBe('{"Name":"a","Metadata":[3],"Endpoints":{"docker":5,"x":null}}')
  })
})

test('a context without a docker endpoint, or with an empty one, cannot be talked to', () => {
  expect(() => dockerEndpoint(decodeMeta('{}'))).toThrow('cannot find docker endpoint in context')
  expect(() => dockerEndpoint(decodeMeta('{"Endpoints":{"docker":null}}'))).toThrow(
    'endpoint "docker" is not of type EndpointMeta',
  )
})
