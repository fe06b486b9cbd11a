import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, fieldsOf } from './decode.ts';
import { encodeFrame } from './encode.ts';
import type { Field } from './field.ts';
import { endpoint, injected, LINK } from './injected.fixture.ts';
import { parseInjected } from './injected.ts';
import { formatSegment } from './format.ts';
import {
  cooked,
  ethernet,
  ipv4,
  loopback,
  OPTION,
  pktap,
  tagged,
  tcp,
  tcpFrame,
  type TestSegment,
} from './frames.fixture.ts';
import type { Segment } from '../segment.ts';

const ether = { src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02' };

function segmentOf(segment: TestSegment, padTo = 0): Segment {
  const decoded = decodeFrame(tcpFrame(segment, padTo), 1);
  if (decoded.kind !== 'tcp') throw new Error(`decoded as ${JSON.stringify(decoded)}`);
  return decoded.segment;
}

describe('TCP', () => {
  test('a segment with every option', () => {
    const options = [
      ...OPTION.mss(1460),
      ...OPTION.sackPermitted,
      ...OPTION.timestamps(0xffff_fffe, 7),
      ...OPTION.nop,
      ...OPTION.windowScale(10),
      ...OPTION.sack(1, 2, 0xffff_fff0, 3),
    ];
    const frame = tcpFrame({
      seq: 0xffff_ffff,
      ack: 5,
      flags: 0x12,
      options,
      payload: [0xca, 0xfe],
    });
    expect(decodeFrame(frame, 1)).toEqual({
      ether: { ...ether, type: 0x0800 },
      kind: 'tcp',
      segment: {
        src: { address: '10.0.0.1', port: 40_001 },
        dst: { address: '10.0.0.2', port: 6000 },
        flags: 'S.',
        seq: 0xffff_ffff,
        ack: 5,
        window: 64_240,
        length: 2,
        options: {
          mss: 1460,
          sackPermitted: true,
          timestamps: { value: 0xffff_fffe, echo: 7 },
          windowScale: 10,
          sack: [
            [1, 2],
            [0xffff_fff0, 3],
          ],
        },
        payload: 'cafe',
        ip: { id: 0x1234, ttl: 64, length: 20 + 20 + 38 + 2 + 2 },
      },
    });
  });

  test('ack is there only with the ACK flag, payload only when there is one', () => {
    const syn = segmentOf({ flags: 0x02, ack: 77 });
    expect(syn).not.toHaveProperty('ack');
    expect(syn).not.toHaveProperty('payload');
    expect(segmentOf({ flags: 0x10, ack: 77 }).ack).toBe(77);
  });

  test.each([
    [0x00, 'none'],
    [0x02, 'S'],
    [0x12, 'S.'],
    [0x10, '.'],
    [0x18, 'P.'],
    [0x11, 'F.'],
    [0x19, 'FP.'],
    [0x04, 'R'],
    [0x14, 'R.'],
    [0xc2, 'SEW'],
    [0x1ff, 'FSRP.UEWe'],
  ])('flags 0x%s are %s', (flags, letters) => {
    expect(segmentOf({ flags }).flags).toBe(letters);
  });

  test('Ethernet padding is not payload', () => {
    const segment = segmentOf({}, 60);
    expect(tcpFrame({}, 60)).toHaveLength(60);
    expect(segment.length).toBe(0);
    expect(segment.ip.length).toBe(40);
  });

  test('a packet beyond 64 KiB has total length 0', () => {
    const packet = ipv4(6, tcp({ payload: Array<number>(70_000).fill(1) }));
    packet.set([0, 0], 2);
    expect(decodeFrame(ethernet(0x0800, packet), 1)).toMatchObject({ segment: { length: 70_000 } });
  });
});

describe('options that are not as they should be', () => {
  test.each([
    ['a length beyond the header', [...OPTION.mss(9), 8, 40, 0, 0], { mss: 9 }],
    ['timestamps that the header cuts', [...OPTION.mss(9), 8, 10, 0, 0], { mss: 9 }],
    ['a length below 2', [...OPTION.mss(9), 8, 1, ...OPTION.windowScale(1)], { mss: 9 }],
    ['a kind without a length at the end', [...OPTION.mss(9), 1, 1, 1, 3], { mss: 9 }],
    ['options after the end', [...OPTION.mss(9), 0, ...OPTION.windowScale(1)], { mss: 9 }],
    ['an MSS of a wrong length', [2, 3, 1, ...OPTION.windowScale(1)], { windowScale: 1 }],
    ['a SACK of a wrong length', [5, 6, 0, 0, 0, 1, ...OPTION.mss(9)], { mss: 9 }],
    ['an unknown option', [253, 4, 1, 2, ...OPTION.mss(9)], { mss: 9 }],
    ['an option given twice', [...OPTION.mss(8), ...OPTION.mss(9)], { mss: 9 }],
  ])('%s', (_name, options, expected) => {
    expect(segmentOf({ options }).options).toEqual(expected);
  });
});

describe('other link types', () => {
  const packet = ipv4(6, tcp({ flags: 0x02 }));

  test.each([
    [0, loopback(packet, true)],
    [0, loopback(packet, false)],
    [108, loopback(packet, false)],
    [12, packet],
    [14, packet],
    [101, packet],
    [113, cooked(1, packet)],
    [228, packet],
    [258, pktap(101, packet)],
    [258, pktap(0, loopback(packet, true))],
    [276, cooked(2, packet)],
  ])('%i', (linkType, data) => {
    const decoded = decodeFrame(data, linkType);
    expect(decoded).toMatchObject({ kind: 'tcp', segment: { flags: 'S', seq: 1 } });
    expect(decoded).not.toHaveProperty('ether');
  });

  test('one that is not known', () => {
    const summary = '40 octets';
    expect(decodeFrame(packet, 105)).toEqual({ kind: 'other', protocol: 'linktype-105', summary });
  });
});

describe('a segment behind tags of virtual LANs', () => {
  const packet = ipv4(6, tcp({ flags: 0x02 }));

  test.each([[[5]], [[100, 5]], [[1, 2, 3]]])('%j', (ids) => {
    const frame = tagged(ids, packet);
    expect(decodeFrame(frame, 1)).toMatchObject({ kind: 'tcp', ether, segment: { flags: 'S' } });
    const tags = fieldsOf(frame, 1).filter(({ name }) => name === 'vlan');
    const idOf = ({ fields = [] }: Field) =>
      fields.find(({ name }) => name === 'vlan.identifier')?.value;
    expect(tags.map(idOf)).toEqual(ids);
  });

  test('a tag that is cut', () => {
    const reason = 'VLAN tag cut at 2 of 4 octets';
    expect(decodeFrame(tagged([5], packet).slice(0, 16), 1)).toMatchObject({
      kind: 'malformed',
      reason,
    });
  });
});

describe('a segment that a snap length has cut', () => {
  const whole = tcpFrame({ options: OPTION.mss(9), payload: [1, 2, 3, 4, 5, 6, 7, 8] });
  const cutTo = (length: number) => decodeFrame(whole.slice(0, length), 1, whole.length - length);

  test('has its real length, and what there is of its payload', () => {
    expect(cutTo(whole.length - 5)).toMatchObject({
      kind: 'tcp',
      segment: { length: 8, payload: '010203', options: { mss: 9 } },
    });
    expect(cutTo(whole.length - 8)).toMatchObject({ segment: { length: 8 } });
    expect(cutTo(whole.length - 8)).not.toHaveProperty('segment.payload');
  });

  test('is none where its header is cut', () => {
    expect(cutTo(whole.length - 9)).toMatchObject({ kind: 'malformed' });
  });

  test('is none when it claims more than was on the wire', () => {
    expect(decodeFrame(whole.slice(0, -5), 1, 4)).toMatchObject({ kind: 'malformed' });
  });

  test('its fields say how much is missing', () => {
    const fields = fieldsOf(whole.slice(0, -5), 1, 5);
    expect(fields.map(({ name }) => name)).toEqual([
      ...['ethernet', 'ipv4', 'tcp', 'payload', 'missing'],
    ]);
    expect(fields.at(-1)).toMatchObject({ value: 5 });
  });
});

describe('what is not TCP', () => {
  const arp = (operation: number) =>
    Uint8Array.from([
      ...[0, 1, 8, 0, 6, 4, 0, operation, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1],
      ...[0, 0, 0, 0, 0, 0, 10, 0, 0, 2],
    ]);
  const unreachable = Uint8Array.from([3, 3, 0, 0, 0, 0, 0, 0, ...ipv4(6, tcp())]);

  test.each([
    [ethernet(0x0806, arp(1)), 'arp', 'who-has 10.0.0.2 tell 10.0.0.1'],
    [ethernet(0x0806, arp(2)), 'arp', '10.0.0.1 is-at 02:00:00:00:00:01'],
    [ethernet(0x0806, arp(9)), 'arp', 'operation 9'],
    [
      ethernet(0x86dd, Uint8Array.from([0x60, 0, 0, 0, 0, 0, 58, ...Array<number>(33).fill(0)])),
      'ipv6',
      'next header 58, 40 octets',
    ],
    [
      ethernet(0x0800, ipv4(17, Uint8Array.from([0, 53, 0, 9, 0, 9, 0, 0, 1]))),
      'udp',
      '10.0.0.1:53 > 10.0.0.2:9 length 1',
    ],
    [ethernet(0x0800, ipv4(1, unreachable)), 'icmp', '10.0.0.1 > 10.0.0.2 type 3 code 3'],
    [ethernet(0x0800, ipv4(47, new Uint8Array(4))), 'ip-proto-47', '10.0.0.1 > 10.0.0.2 length 4'],
    [ethernet(0x0800, ipv4(6, tcp(), 0x2000)), 'ip-fragment', '10.0.0.1 > 10.0.0.2 offset 0'],
    [ethernet(0x0800, ipv4(6, tcp(), 0x0003)), 'ip-fragment', '10.0.0.1 > 10.0.0.2 offset 24'],
    [ethernet(0x0026, new Uint8Array(38)), '802.3', '38 octets'],
    [ethernet(0x88cc, new Uint8Array(2)), '0x88cc', '2 octets'],
  ])('case %#: %s', (frame, protocol, summary) => {
    expect(decodeFrame(frame, 1)).toMatchObject({ kind: 'other', protocol, summary, ether });
    expect(decodeFrame(frame, 1)).not.toHaveProperty('payload');
  });

  test('a marker frame shows its payload', () => {
    const payload = new TextEncoder().encode('marker 1');
    expect(decodeFrame(ethernet(0x88b5, payload), 1)).toEqual({
      ether: { ...ether, type: 0x88b5 },
      kind: 'other',
      protocol: '0x88b5',
      summary: '8 octets',
      payload,
    });
  });

  test('the DF bit makes no fragment', () => {
    expect(decodeFrame(ethernet(0x0800, ipv4(6, tcp(), 0x4000)), 1).kind).toBe('tcp');
  });
});

describe('what is malformed', () => {
  const edited = (at: number, value: number) => {
    const frame = tcpFrame();
    frame[at] = value;
    return frame;
  };

  test.each([
    [new Uint8Array(13), 'Ethernet header cut at 13 of 14 octets'],
    [tcpFrame().slice(0, 30), 'IPv4 header cut at 16 of 20 octets'],
    [tcpFrame().slice(0, 50), 'IPv4 packet of 40 octets, 36 captured'],
    [edited(14, 0x65), 'IP version 6 in an IPv4 packet'],
    [edited(14, 0x44), 'IPv4 header of 16 octets in a packet of 40'],
    [edited(17, 19), 'IPv4 header of 20 octets in a packet of 19'],
    [edited(17, 39), 'TCP header cut at 19 of 20 octets'],
    [edited(46, 0x40), 'TCP header of 16 octets in a segment of 20'],
    [edited(46, 0x60), 'TCP header of 24 octets in a segment of 20'],
    [ethernet(0x0806, new Uint8Array(27)), 'ARP cut at 27 of 28 octets'],
    [ethernet(0x86dd, new Uint8Array(39)), 'IPv6 header cut at 39 of 40 octets'],
    [ethernet(0x0800, ipv4(17, new Uint8Array(7))), 'UDP header cut at 7 of 8 octets'],
    [ethernet(0x0800, ipv4(1, new Uint8Array(7))), 'ICMP header cut at 7 of 8 octets'],
  ])('case %#: %s', (frame, reason) => {
    expect(decodeFrame(frame, 1)).toMatchObject({ kind: 'malformed', reason });
  });
});

describe('any input', () => {
  const linkType = fc.constantFrom(1, 101, 113, 276, 0, 108, 228, 258);
  const octet = fc.integer({ min: 0, max: 255 });

  test('noise is decoded to something', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), linkType, (data, type) => {
        expect(['tcp', 'other', 'malformed']).toContain(decodeFrame(data, type).kind);
      }),
    );
  });

  test('a damaged or cut segment is decoded within its bounds', () => {
    const options = fc.array(octet, { maxLength: 40 });
    const damage = fc.array(fc.tuple(fc.nat({ max: 93 }), octet), { maxLength: 3 });
    fc.assert(
      fc.property(options, damage, fc.nat({ max: 100 }), (list, octets, length) => {
        const frame = tcpFrame({ options: list, payload: [1, 2, 3] });
        for (const [at, value] of octets) if (at < frame.length) frame[at] = value;
        const decoded = decodeFrame(frame.slice(0, length), 1);
        if (decoded.kind !== 'tcp') return;
        expect(decoded.segment.length).toBe((decoded.segment.payload ?? '').length / 2);
        expect(decoded.segment.length).toBeLessThanOrEqual(frame.length);
        expect(formatSegment(decoded.segment)).toMatch(/ win \d+ .*length \d+$/);
      }),
      { numRuns: 1000 },
    );
  });
});

const FROM = { address: '10.0.0.1', port: 6000 };
const TO = { address: '10.0.0.2', port: 7000 };

describe('the fields of a frame', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const linkType = fc.constantFrom(1, 101, 113, 276, 0, 108, 228, 258);
  const damaged = fc
    .tuple(
      fc.array(octet, { maxLength: 40 }),
      fc.array(fc.tuple(fc.nat({ max: 93 }), octet), { maxLength: 3 }),
      fc.nat({ max: 100 }),
    )
    .map(([options, damage, length]) => {
      const frame = tcpFrame({ options, payload: [1, 2, 3] });
      for (const [at, value] of damage) if (at < frame.length) frame[at] = value;
      return frame.slice(0, length);
    });

  /** By name; of a name that stands there twice the last. */
  function byName(fields: readonly Field[]): Map<string, Field> {
    return new Map(
      fields.flatMap((field) => [
        [field.name, field] as const,
        ...(field.fields === undefined ? [] : byName(field.fields)),
      ]),
    );
  }

  /** Layers follow each other without a gap and end where the frame ends. */
  function expectWhole(frame: Uint8Array, layers: readonly Field[]): void {
    let at = 0;
    for (const { name, begin, end } of layers) {
      expect({ name, begin }).toEqual({ name, begin: at });
      at = end;
    }
    expect(at).toBe(layers.length === 0 ? 0 : frame.length);
  }

  /** Parts lie inside what they are parts of, in its order but for what shares an octet. */
  function expectInside({ name, begin, end, fields = [] }: Field): void {
    for (const part of fields) {
      expect([name, part.name, part.begin >= begin, part.end <= end]).toEqual([
        ...[name, part.name],
        ...[true, true],
      ]);
      expect(part.begin).toBeLessThanOrEqual(part.end);
      expectInside(part);
    }
    if (name.endsWith('.flags')) return;
    for (const [index, part] of fields.entries()) {
      const next = fields[index + 1];
      if (next === undefined) continue;
      expect(next.begin).toBeGreaterThanOrEqual(part.begin);
      const shared = part.end - next.begin;
      // Bits of one octet, and the nine bits of TCP's flags in two.
      if (shared > 0)
        expect([name, shared]).toEqual([expect.stringMatching(/^(ipv4|tcp|vlan)$/), 1]);
    }
  }

  test('of noise lie in it, one behind the other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), linkType, (frame, type) => {
        const layers = fieldsOf(frame, type);
        expectWhole(frame, layers);
        layers.forEach(expectInside);
      }),
      { numRuns: 500 },
    );
  });

  test('of a damaged or cut segment, too, and say what the segment says', () => {
    fc.assert(
      fc.property(damaged, (frame) => {
        const layers = fieldsOf(frame, 1);
        expectWhole(frame, layers);
        layers.forEach(expectInside);
        const decoded = decodeFrame(frame, 1);
        const fields = byName(layers);
        const value = (name: string) => fields.get(name)?.value;
        // What is no segment is told to be none: no payload is made out of octets that are none.
        if (decoded.kind !== 'tcp') return;
        const { segment } = decoded;
        expect({
          src: { address: value('ipv4.source'), port: value('tcp.sourcePort') },
          dst: { address: value('ipv4.destination'), port: value('tcp.destinationPort') },
          seq: value('tcp.sequence'),
          window: value('tcp.window'),
          length: value('payload') ?? 0,
          id: value('ipv4.identification'),
          ttl: value('ipv4.ttl'),
          ack: fields.get('tcp.flag.ACK')?.value === 1 ? value('tcp.acknowledgment') : undefined,
        }).toEqual({
          src: segment.src,
          dst: segment.dst,
          seq: segment.seq,
          window: segment.window,
          length: segment.length,
          id: segment.ip.id,
          ttl: segment.ip.ttl,
          ack: segment.ack,
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('of an injected frame hold what was injected, and its checksums are right', () => {
    fc.assert(
      fc.property(injected, endpoint, endpoint, (text, src, dst) => {
        const outgoing = parseInjected(text);
        const fields = byName(fieldsOf(encodeFrame(LINK, src, dst, outgoing), 1));
        const { mss, windowScale, timestamps } = outgoing.options;
        expect(fields.get('ipv4.checksum')?.remark).toEqual({ is: 'right' });
        expect(fields.get('tcp.checksum')?.remark).toEqual({ is: 'right' });
        expect(fields.get('tcp.acknowledgment')?.value).toBe(outgoing.ack);
        expect(fields.get('option.mss')?.value).toBe(mss);
        expect(fields.get('option.windowScale')?.value).toBe(windowScale);
        expect(fields.get('option.timestamp')?.value).toBe(timestamps?.value);
        expect(fields.get('option.echo')?.value).toBe(timestamps?.echo);
      }),
    );
  });

  /** What is said of them beside their values, checksums aside. */
  function remarksOn(fields: readonly Field[]): string[] {
    return fields.flatMap(({ name, remark, fields: parts = [] }) => [
      ...(remark === undefined || name.endsWith('checksum')
        ? []
        : [`${name} ${Object.values(remark).join(' ')}`]),
      ...remarksOn(parts),
    ]);
  }

  /** A segment of 10.0.0.1 with other octets at a place of its frame. */
  const altered = (at: number, octet: number, options: number[] = []): Uint8Array => {
    const frame = tcpFrame({ options, flags: 0x32 });
    frame[at] = octet;
    return frame;
  };
  const IP = 14;
  const TCP = IP + 20;

  test.each<[string, Uint8Array, string[]]>([
    ['nothing where nothing is odd', altered(IP, 0x45), []],
    ['a link header that is cut', tcpFrame().subarray(0, 9), ['ethernet cut 14']],
    ['an IPv4 header that is cut', tcpFrame().subarray(0, IP + 19), ['ipv4 cut 20']],
    ['a TCP header that is cut', ethernet(0x800, ipv4(6, tcp().slice(0, 8))), ['tcp cut 20']],
    ['IPv6 that calls itself IPv4', altered(IP, 0x65), ['ipv4 another-version']],
    ['IPv4 without room for its addresses', altered(IP, 0x44), ['ipv4.headerLength too-short']],
    ['IPv4 with more options than packet', altered(IP, 0x4f), ['ipv4.headerLength too-long']],
    ['TCP without room for its ports', altered(TCP + 12, 0x40), ['tcp.headerLength too-short']],
    ['TCP with more options than segment', altered(TCP + 12, 0xf0), ['tcp.headerLength too-long']],
    [
      'what is of no matter without its flag, and a window to be scaled',
      altered(TCP + 13, 0),
      ['tcp.acknowledgment unused ACK', 'tcp.window unscaled', 'tcp.urgentPointer unused URG'],
    ],
    [
      'an option that goes on behind the header',
      altered(0, 2, [8, 10, 0, 0]),
      ['option.timestamps impossible 10'],
    ],
    ['an option without a length', altered(0, 2, [1, 1, 1, 8]), ['option.timestamps cut 2']],
    ['an MSS of one octet', altered(0, 2, [2, 3, 5, 1]), ['option.mss misshapen']],
    ['a shift of none', altered(0, 2, [3, 2, 1, 1]), ['option.windowScale misshapen']],
    ['half a block', altered(0, 2, [5, 6, 0, 0, 0, 0]), ['option.sack misshapen']],
    ['an option that nobody knows', altered(0, 2, [99, 4, 1, 2]), ['option unknown']],
  ])('%s: a reader is told', (_what, frame, remarks) => {
    expect(remarksOn(fieldsOf(frame, 1))).toEqual(remarks);
  });

  test('what a cut frame lacks is told, and no checksum is judged by what is left', () => {
    const layers = fieldsOf(tcpFrame({ payload: [1, 2, 3] }).subarray(0, -2), 1);
    expect(layers.at(-1)).toMatchObject({ name: 'missing', value: 2 });
    expect(byName(layers).get('tcp.checksum')?.remark).toEqual({ is: 'not-checked' });
  });

  test.each([
    [1, 113, 'sll'],
    [2, 276, 'sll2'],
  ] as const)(
    'a cooked header of version %d has an address as long as it says',
    (version, type, name) => {
      const frame = cooked(version, ipv4(6, tcp()));
      const at = version === 1 ? 5 : 11;
      const shown = () => {
        const fields = byName(fieldsOf(frame, type));
        const unused = fields.get('unused');
        return [fields.get(`${name}.address`)?.value, unused && unused.end - unused.begin];
      };
      expect(shown()).toEqual(['02:00:00:00:00:01', 2]);
      // The loopback device has none.
      frame[at] = 0;
      expect(shown()).toEqual(['', 8]);
      frame[at] = 8;
      expect(shown()).toEqual(['02:00:00:00:00:01:00:00', undefined]);
    },
  );

  test('options are told by what they say: blocks, timestamps, a shift', () => {
    const options = [
      ...OPTION.sack(1, 2, 3, 4),
      ...OPTION.timestamps(5, 6),
      ...OPTION.windowScale(7),
      ...OPTION.sackPermitted,
    ];
    const list = byName(fieldsOf(tcpFrame({ options }), 1)).get('tcp.options')?.fields ?? [];
    expect(
      list.map(({ name, value, fields = [] }) => [
        name,
        value,
        ...fields.slice(2).map((field) => field.value),
      ]),
    ).toEqual([
      ['option.sack', '', '1-2', '3-4'],
      ['option.timestamps', '', 5, 6],
      ['option.windowScale', 7],
      ['option.sackPermitted', 1],
      ['option.end', ''],
      ['padding', 2],
    ]);
  });

  test('of what a capture without link headers holds are those of an Internet packet', () => {
    const names = fieldsOf(ipv4(6, tcp({ payload: [1] })), 101).map(({ name }) => name);
    expect(names).toEqual(['ipv4', 'tcp', 'payload']);
  });

  test('are read without touching the frame', () => {
    const frame = Buffer.from(encodeFrame(LINK, FROM, TO, parseInjected('S seq=1')));
    const before = frame.toString('hex');
    fieldsOf(frame, 1);
    expect(frame.toString('hex')).toBe(before);
  });
});
