import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { htons, inet_addr, inet_ntoa, ntohs, SockaddrIn, sockaddrIn } from './address.ts';

describe('struct sockaddr_in', () => {
  test('lies in memory as ip(7) has it', () => {
    // family 2 in host order, 6000 = 0x1770 and 127.0.0.1 in network order, eight zeros
    expect(sockaddrIn('127.0.0.1', 6000).memory.toString('hex')).toBe(
      '02001770' + '7f000001' + '0000000000000000',
    );
  });

  test('is zeroed at first', () => {
    expect(new SockaddrIn().memory).toEqual(Buffer.alloc(16));
  });

  test('shows any address and port that were put in', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(65535), (address, port) => {
        const saddr = sockaddrIn(address, port);
        expect(String(saddr)).toBe(`${address}:${port}`);
        expect([inet_ntoa(saddr.sin_addr.s_addr), ntohs(saddr.sin_port)]).toEqual([address, port]);
      }),
    );
  });
});

test('htons swaps the octets', () => {
  expect(htons(6000)).toBe(0x7017);
  expect(htons(0x12ff)).toBe(0xff12);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.256',
  '1.2.3.04',
  '1.2.3.-4',
  ' 1.2.3.4',
  'localhost',
  '::1',
])('inet_addr refuses %j', (text) => {
  expect(() => inet_addr(text)).toThrow(`not an IPv4 address: ${text}`);
});
