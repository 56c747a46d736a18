import { expect, test } from 'vitest'
import { parseServicePort } from '../../src/parse/swarm-port.ts'

/** `published:target/protocol/mode` of each, as docker/cli opts/swarmopts/port_test.go has them. */
test.each([
  ['80', ['0:80/tcp/ingress']],
  ['80:8080', ['80:8080/tcp/ingress']],
  ['8080:80/TCP', ['8080:80/tcp/ingress']],
  ['80:8080/udp', ['80:8080/udp/ingress']],
  ['80-81:8080-8081/tcp', ['80:8080/tcp/ingress', '81:8081/tcp/ingress']],
  ['80-82:8080/udp', ['80:8080/udp/ingress', '81:8080/udp/ingress', '82:8080/udp/ingress']],
  ['80-80:8080/sctp', ['80:8080/sctp/ingress']],
  ['8000-8001', ['0:8000/tcp/ingress', '0:8001/tcp/ingress']],
  ['target=80', ['0:80/tcp/ingress']],
  ['target=80,published=8080,protocol=UDP', ['8080:80/udp/ingress']],
  ['Published=80,TARGET=8080,mode=host', ['80:8080/tcp/host']],
  ['"target=80",mode=ingress', ['0:80/tcp/ingress']],
])('takes %s', (text, ports) => {
  const found = parseServicePort(text).map(
    ({ PublishedPort, TargetPort, Protocol, PublishMode }) =>
      `${PublishedPort}:${TargetPort}/${Protocol}/${PublishMode}`,
  )
  expect(found).toEqual(ports)
})

test.each([
  ['invalid,target=80', 'invalid field: invalid'],
  ['invalid=field', 'invalid field key: invalid'],
  ['protocol=invalid', "invalid protocol value 'invalid'"],
  ['target=invalid', 'invalid target port (invalid): value must be an integer: invalid syntax'],
  ['target=65536', 'invalid target port (65536): value must be an integer: value out of range'],
  ['published=invalid', 'invalid published port (invalid): value must be an integer: invalid syntax'],
  ['mode=invalid', "invalid publish mode value (invalid): must be either 'ingress' or 'host'"],
  ['published=8080,protocol=tcp,mode=ingress', "missing mandatory field 'target'"],
  ['target=80,protocol="tcp,mode=ingress"', 'parse error on line 1, column 20: bare " in non-quoted-field'],
  ['target=80,"protocol=tcp,mode=ingress"', "invalid protocol value 'tcp,mode=ingress'"],
  ['9999999', 'invalid containerPort: 9999999'],
  ['80/xyz', 'invalid proto: xyz'],
  ['tcp', 'invalid containerPort: tcp'],
  ['', 'no port specified: <empty>'],
  ['1.1.1.1:80:80', 'hostip is not supported'],
])('refuses %j', (text, message) => {
  expect(() => parseServicePort(text)).toThrow(new Error(message))
})
