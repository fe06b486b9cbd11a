import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../tcp/frame/encode.ts';
import { parseInjected } from '../../../tcp/frame/injected.ts';
import { LINK } from '../../../tcp/frame/injected.fixture.ts';
import { cooked, ethernet, ipv4, tcp, tcpFrame } from '../../../tcp/frame/frames.fixture.ts';
import { LINK_TYPE } from '../../../tcp/frame/layout.ts';
import { inEnglish } from '../../../told.ts';
import { fieldsOf, type Field } from './words.ts';

/** `IPv4 / Total length: 60 octets (note) @16-18`, each field in a line. */
const lines = (fields: readonly Field[], above = ''): string[] =>
  fields.flatMap(({ name: told, value, note, begin, end, children = [] }) => {
    const name = inEnglish(told);
    const path = above === '' ? name : `${above} / ${name}`;
    const said = `${inEnglish(value)}${note === undefined ? '' : ` (${inEnglish(note)})`}`;
    return [`${path}: ${said} @${begin}-${end}`, ...lines(children, path)];
  });

const told = (frame: Uint8Array, wanted: RegExp, linkType?: number): string[] =>
  lines(fieldsOf(frame, linkType)).filter((line) => wanted.test(line));

const FROM = { address: '10.0.0.1', port: 6000 };
const TO = { address: '10.0.0.2', port: 7000 };

const withOptions = (...options: number[]): Uint8Array => tcpFrame({ options });

describe('a frame', () => {
  test('whole', () => {
    const payload = [...Buffer.from('hi "you"\n\0')];
    const frame = tcpFrame({ flags: 0x18, seq: 7, ack: 9, payload });
    expect(lines(fieldsOf(frame))).toMatchInlineSnapshot(`
      [
        "Ethernet: 02:00:00:00:00:01 > 02:00:00:00:00:02 @0-14",
        "Ethernet / Destination: 02:00:00:00:00:02 @0-6",
        "Ethernet / Source: 02:00:00:00:00:01 @6-12",
        "Ethernet / Type: 0x0800 (IPv4) @12-14",
        "IPv4: 10.0.0.1 > 10.0.0.2 @14-34",
        "IPv4 / Version: 4 @14-15",
        "IPv4 / Header length: 20 octets @14-15",
        "IPv4 / DSCP: 0 @15-16",
        "IPv4 / ECN: Not-ECT @15-16",
        "IPv4 / Total length: 50 octets @16-18",
        "IPv4 / Identification: 0x1234 @18-20",
        "IPv4 / Flags:  @20-21",
        "IPv4 / Flags / Reserved: not set @20-21",
        "IPv4 / Flags / Don't fragment (DF): not set @20-21",
        "IPv4 / Flags / More fragments (MF): not set @20-21",
        "IPv4 / Fragment offset: 0 octets @20-22",
        "IPv4 / Time to live: 64 @22-23",
        "IPv4 / Protocol: 6 (TCP) @23-24",
        "IPv4 / Checksum: 0x0000 (wrong: 0x5490 would be right) @24-26",
        "IPv4 / Source: 10.0.0.1 @26-30",
        "IPv4 / Destination: 10.0.0.2 @30-34",
        "TCP: 40001 > 6000 PSH+ACK @34-54",
        "TCP / Source port: 40001 @34-36",
        "TCP / Destination port: 6000 @36-38",
        "TCP / Sequence number: 7 @38-42",
        "TCP / Acknowledgment number: 9 @42-46",
        "TCP / Header length: 20 octets @46-47",
        "TCP / Reserved: 0 @46-47",
        "TCP / Flags: PSH+ACK (0x018) @46-48",
        "TCP / Flags / AE: not set @46-47",
        "TCP / Flags / CWR: not set @47-48",
        "TCP / Flags / ECE: not set @47-48",
        "TCP / Flags / URG: not set @47-48",
        "TCP / Flags / ACK: set @47-48",
        "TCP / Flags / PSH: set @47-48",
        "TCP / Flags / RST: not set @47-48",
        "TCP / Flags / SYN: not set @47-48",
        "TCP / Flags / FIN: not set @47-48",
        "TCP / Window: 64240 (before scaling) @48-50",
        "TCP / Checksum: 0x0000 (wrong: 0x6bf0 would be right (a sender may leave it to the network card)) @50-52",
        "TCP / Urgent pointer: 0 (means nothing without URG) @52-54",
        "Payload: "hi \\"you\\"\\n\\x00" (10 octets) @54-64",
      ]
    `);
  });

  test('its checksums, right and wrong', () => {
    const frame = encodeFrame(LINK, FROM, TO, parseInjected('S seq=1'));
    const damaged = Uint8Array.from(frame);
    damaged[22] = (damaged[22] ?? 0) ^ 1;
    damaged[48] = (damaged[48] ?? 0) ^ 1;
    expect(told(frame, /Checksum/)).toEqual([
      expect.stringMatching(/^IPv4 \/ Checksum: 0x\w{4} \(right\)/),
      expect.stringMatching(/^TCP \/ Checksum: 0x\w{4} \(right\)/),
    ]);
    expect(told(damaged, /Checksum/)).toEqual([
      expect.stringMatching(/^IPv4 \/ Checksum: 0x\w{4} \(wrong: 0x\w{4} would be right\)/),
      expect.stringMatching(/^TCP \/ Checksum: 0x\w{4} \(wrong: 0x\w{4} would be right \(a sender/),
    ]);
  });

  test.each([
    ['nothing', new Uint8Array(0), ['Ethernet: cut: 0 of 14 octets @0-0']],
    ['half an address', new Uint8Array(9), ['Ethernet: cut: 9 of 14 octets @0-9']],
    ['half an Internet header', tcpFrame().subarray(0, 24), ['IPv4: cut: 10 of 20 octets @14-24']],
    ['half a TCP header', tcpFrame().subarray(0, 40), ['TCP: cut: 6 of 20 octets @34-40']],
    [
      'a cut payload',
      tcpFrame({ payload: [65, 66, 67] }).subarray(0, 56),
      ['Payload: "AB" (2 octets) @54-56', 'Cut: 1 octet missing @56-56'],
    ],
    ['padding', ethernet(0x0800, ipv4(6, tcp()), 60), ['Padding: 6 octets @54-60']],
    [
      'no IPv4 inside',
      ethernet(0x0800, Uint8Array.of(0x65, ...Array<number>(30).fill(0))),
      ['IPv4: not IPv4: its version is 6 @14-45'],
    ],
    [
      'another protocol',
      ethernet(0x88b5, new Uint8Array(4)),
      ['Ethernet / Type: 0x88b5 (local experimental) @12-14', 'Data: 4 octets @14-18'],
    ],
    [
      'a fragment',
      ethernet(0x0800, ipv4(6, tcp(), 0x2003)),
      ['IPv4 / Fragment offset: 24 octets @20-22', 'Data: 20 octets @34-54'],
    ],
  ])('of which there is %s', (_what, frame, expected) => {
    expect(lines(fieldsOf(frame))).toEqual(expect.arrayContaining(expected));
  });

  test('a cut segment has no checksum that anybody could judge', () => {
    expect(told(tcpFrame({ payload: [1, 2] }).subarray(0, 55), /TCP \/ Checksum/)).toEqual([
      expect.stringContaining('not checked: the segment is cut'),
    ]);
  });

  test('Linux cooked', () => {
    const frame = cooked(1, ipv4(6, tcp()));
    expect(told(frame, /^Linux|^IPv4:/, LINK_TYPE.sll)).toMatchInlineSnapshot(`
      [
        "Linux cooked capture: to us @0-16",
        "Linux cooked capture / Packet type: 0 (to us) @0-2",
        "Linux cooked capture / Hardware type: 1 @2-4",
        "Linux cooked capture / Address length: 6 @4-6",
        "Linux cooked capture / Address: 02:00:00:00:00:01 @6-12",
        "Linux cooked capture / Unused: 2 octets @12-14",
        "Linux cooked capture / Type: 0x0800 (IPv4) @14-16",
        "IPv4: 10.0.0.1 > 10.0.0.2 @16-36",
      ]
    `);
  });

  test('Linux cooked, second version', () => {
    const frame = cooked(2, ipv4(6, tcp()));
    expect(told(frame, /^Linux|^IPv4:/, LINK_TYPE.sll2)).toMatchInlineSnapshot(`
      [
        "Linux cooked capture v2: to us @0-20",
        "Linux cooked capture v2 / Type: 0x0800 (IPv4) @0-2",
        "Linux cooked capture v2 / Reserved: 0 @2-4",
        "Linux cooked capture v2 / Interface: 1 @4-8",
        "Linux cooked capture v2 / Hardware type: 1 @8-10",
        "Linux cooked capture v2 / Packet type: 0 (to us) @10-11",
        "Linux cooked capture v2 / Address length: 6 @11-12",
        "Linux cooked capture v2 / Address: 02:00:00:00:00:01 @12-18",
        "Linux cooked capture v2 / Unused: 2 octets @18-20",
        "IPv4: 10.0.0.1 > 10.0.0.2 @20-40",
      ]
    `);
  });

  test('of a link that is not known is data', () => {
    expect(lines(fieldsOf(Uint8Array.of(1, 2, 3), 147))).toEqual(['Data: 3 octets @0-3']);
  });
});

describe('options', () => {
  test.each<[string, number[], string[]]>([
    ['maximum segment size', [2, 4, 5, 0xb4], ['Maximum segment size: 1460 octets @54-58']],
    ['window scale', [3, 3, 7, 0], ['Window scale: 7 (times 128) @54-57']],
    ['an absurd window scale', [3, 3, 20, 0], ['Window scale: 20 (times 16384) @54-57']],
    ['SACK permitted', [1, 1, 4, 2], ['No operation:  @54-55', 'SACK permitted: yes @56-58']],
    [
      'SACK',
      [5, 10, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0],
      ['SACK: 1-9 @54-64', 'SACK / Block: 1-9 @56-64'],
    ],
    ['timestamps', [8, 10, 0, 0, 0, 5, 0, 0, 0, 6, 1, 1], ['Timestamps: 5, echo 6 @54-64']],
    ['an end', [0, 0, 0, 0], ['End of options:  @54-55', 'Padding: 3 octets @55-58']],
    ['an unknown one', [254, 4, 1, 2], ['Option 254: 4 octets (unknown) @54-58']],
    ['a wrong length', [2, 3, 0, 1], ['Maximum segment size: 3 octets (of a wrong length) @54-57']],
    ['one that is too long', [8, 10, 0, 0], ['Timestamps: of 10 octets, 4 are left @54-58']],
    ['one that has no length', [1, 1, 1, 8], ['Timestamps: cut: 1 of 2 octets @57-58']],
    ['a length below 2', [8, 0, 1, 1], ['Timestamps: of 0 octets, 4 are left @54-58']],
  ])('%s', (_what, options, expected) => {
    const all = lines(fieldsOf(withOptions(...options))).map((line) =>
      line.replace('TCP / Options / ', ''),
    );
    expect(all).toEqual(expect.arrayContaining(expected));
  });
});

/** Every field lies inside the frame, every child inside its parent. */
function isSound(fields: readonly Field[], begin: number, end: number): boolean {
  return fields.every(
    (field) =>
      field.begin >= begin &&
      field.end <= end &&
      field.begin <= field.end &&
      isSound(field.children ?? [], field.begin, field.end),
  );
}

describe('any octets', () => {
  const links = fc.constantFrom(1, 113, 276, 101);
  test('are told', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), links, (frame, link) => {
        expect(isSound(fieldsOf(frame, link), 0, frame.length)).toBe(true);
      }),
    );
  });

  test('in the headers of a real segment, cut anywhere', async () => {
    const file = new URL('captures/time-wait.pcap', import.meta.url);
    const real = (await readFile(fileURLToPath(file))).subarray(24 + 16 + 66 + 16 + 66 + 16);
    const change = fc.tuple(fc.nat(73), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(74), (changes, length) => {
        const frame = Uint8Array.from(real.subarray(0, 74));
        for (const [at, octet] of changes) frame[at] = octet;
        const fields = fieldsOf(frame.subarray(0, length));
        expect(isSound(fields, 0, length)).toBe(true);
        const ends = fields.map(({ end }) => end);
        expect(Math.max(...ends)).toBe(length);
      }),
    );
  });
});
