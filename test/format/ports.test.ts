import { describe, expect, it } from 'vitest'
import type { PortSummary } from '../../src/engine/types/container.ts'
import { displayPorts } from '../../src/format/ports.ts'

type Port = Partial<PortSummary>

const tcp = (PrivatePort: number, PublicPort?: number, IP?: string): Port => ({
  PrivatePort,
  Type: 'tcp',
  ...(PublicPort === undefined ? {} : { PublicPort }),
  ...(IP === undefined ? {} : { IP }),
})
const udp = (...args: Parameters<typeof tcp>): Port => ({ ...tcp(...args), Type: 'udp' })

describe('displayPorts', () => {
  it.each<[string, Port[]]>([
    ['', []],
    ['9988/tcp', [tcp(9988)]],
    ['9988/udp', [udp(9988)]],
    ['0.0.0.0:0->9988/tcp', [tcp(9988, undefined, '0.0.0.0')]],
    ['9988/tcp', [tcp(9988, 8899)]],
    ['4.3.2.1:8899->9988/tcp', [tcp(9988, 8899, '4.3.2.1')]],
    ['[::]:8899->9988/tcp', [tcp(9988, 8899, '0:0::0')]],
    ['4.3.2.1:9988->9988/tcp', [tcp(9988, 9988, '4.3.2.1')]],
    ['9988/tcp, 9988/udp', [udp(9988), tcp(9988)]],
    ['1-3/tcp, 5/tcp', [tcp(5), tcp(3), tcp(1), tcp(2)]],
    ['1.2.3.4:9998-9999->9998-9999/tcp', [tcp(9999, 9999, '1.2.3.4'), tcp(9998, 9998, '1.2.3.4')]],
    ['1.2.3.4:8887->9998/udp, 1.2.3.4:8888->9999/udp', [udp(9998, 8887, '1.2.3.4'), udp(9999, 8888, '1.2.3.4')]],
    [
      '80/tcp, 1.2.3.4:99-100->99-100/tcp, [::1]:99->99/tcp, 1.2.3.4:8080->81/tcp',
      [tcp(81, 8080, '1.2.3.4'), tcp(99, 99, '::1'), tcp(100, 100, '1.2.3.4'), tcp(99, 99, '1.2.3.4'), tcp(80)],
    ],
  ])('shows %s', (text, ports) => {
    expect(displayPorts(ports)).toBe(text)
  })

  it('leaves the list as it was', () => {
    const ports = Object.freeze([tcp(2), tcp(1)])
    expect(displayPorts(ports)).toBe('1-2/tcp')
  })
})
