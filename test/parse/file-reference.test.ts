import { expect, test } from 'vitest'
import { parseFileReference } from '../../src/parse/file-reference.ts'

/** docker/cli opts/swarmopts/secret_test.go, config_test.go. */
test.each([
  ['app-secret', 'app-secret', { Name: 'app-secret', UID: '0', GID: '0', Mode: 0o444 }],
  ['source=foo,target=testing', 'foo', { Name: 'testing', UID: '0', GID: '0', Mode: 0o444 }],
  ['SRC=foo,Target=testing', 'foo', { Name: 'testing', UID: '0', GID: '0', Mode: 0o444 }],
  ['source=foo', 'foo', { Name: 'foo', UID: '0', GID: '0', Mode: 0o444 }],
  ['source=foo,target=testing,uid=1000,gid=1001', 'foo', { Name: 'testing', UID: '1000', GID: '1001', Mode: 0o444 }],
  ['source=foo,mode=0o400', 'foo', { Name: 'foo', UID: '0', GID: '0', Mode: 0o400 }],
  ['source=foo,mode=0444', 'foo', { Name: 'foo', UID: '0', GID: '0', Mode: 0o444 }],
  ['source=foo,mode=444', 'foo', { Name: 'foo', UID: '0', GID: '0', Mode: 444 }],
])('takes %s', (text, name, file) => {
  expect(parseFileReference('secret', text)).toEqual({ name, file })
})

test.each([
  ['', 'EOF'],
  ['target=x', 'source is required'],
  ['a,b=c', "invalid field 'a' must be a key=value pair"],
  ['=x', "invalid field '=x' must be a key=value pair"],
  ['source=foo,colour=red', 'invalid field in config request: colour'],
  ['source=foo,mode=9', undefined],
  ['source=foo,mode=x', 'invalid mode specified: strconv.ParseUint: parsing "x": invalid syntax'],
])('judges %j', (text, message) => {
  const act = () => parseFileReference('config', text)
  if (message === undefined) expect(act).not.toThrow()
  else expect(act).toThrow(new Error(message))
})
