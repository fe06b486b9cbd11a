import { expect, test } from 'vitest';
import { octetsOf } from './wire.ts';

/** The same packet behind each header: 2 octets that tell what it is, and what it is. */
const [ip, packet] = ['0800', '4500001c'];
const address = '020000000001';

test.each([
  ['Ethernet', 1, `${address}${address}${ip}${packet}`],
  [
    'Linux cooked capture v1 (-i any, tcpdump 4.9)',
    113,
    `000000010006${address}0000${ip}${packet}`,
  ],
  ['Linux cooked capture v2 (-i any)', 276, `${ip}00000000000100010006${address}0000${packet}`],
])('%s', (_name, linkType, frame) => {
  expect(Buffer.from(octetsOf(Buffer.from(frame, 'hex'), linkType), 'latin1').toString('hex')).toBe(
    `${ip}${packet}`,
  );
});
