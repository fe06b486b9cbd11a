import { expect, test } from 'vitest';
import { formatSegment } from './format.ts';
import type { Segment } from '../segment.ts';

const segment = (fields: Partial<Segment>): Segment => ({
  src: { address: '10.0.0.2', port: 40_001 },
  dst: { address: '10.0.0.1', port: 6000 },
  flags: '.',
  seq: 1,
  window: 64_240,
  length: 0,
  options: {},
  ip: { id: 0, ttl: 64, length: 40 },
  ...fields,
});
const options = {
  mss: 1460,
  sackPermitted: true,
  timestamps: { value: 5, echo: 0 },
  windowScale: 7,
} as const;

test.each<[string, Partial<Segment>]>([
  [
    '[S] seq 1 win 64240 options [mss 1460,sackOK,TS val 5 ecr 0,wscale 7] length 0',
    { flags: 'S', options },
  ],
  ['[.] ack 2 win 64240 length 0', { ack: 2 }],
  [
    '[P.] seq 4294967295:4 ack 2 win 0 length 5',
    { flags: 'P.', seq: 0xffff_ffff, ack: 2, window: 0, length: 5 },
  ],
  ['[F.] seq 1 ack 2 win 64240 length 0', { flags: 'F.', ack: 2 }],
  ['[R] seq 1 win 0 length 0', { flags: 'R', window: 0 }],
  ['[none] win 64240 length 0', { flags: 'none' }],
  [
    '[.] ack 2 win 64240 options [sack 2 {3:4}{6:9}] length 0',
    {
      ack: 2,
      options: {
        sack: [
          [3, 4],
          [6, 9],
        ],
      },
    },
  ],
])('%s', (line, fields) => {
  expect(formatSegment(segment(fields))).toBe(`10.0.0.2:40001 > 10.0.0.1:6000 ${line}`);
});
