/** tshark says independently where each field of a stored run's frames lies, and what it holds. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../../told.ts';
import { fieldsOf, type Field } from './words.ts';
import { openPcap } from '../../../tcp/capture/pcap.ts';

const CAPTURES = fileURLToPath(new URL('captures/', import.meta.url));

/** Ours by tshark's name. */
const NAMES: Readonly<Record<string, string>> = {
  'eth.dst': 'Ethernet / Destination',
  'eth.src': 'Ethernet / Source',
  'eth.type': 'Ethernet / Type',
  'sll.etype': 'Linux cooked capture v2 / Type',
  'sll.ifindex': 'Linux cooked capture v2 / Interface',
  'sll.hatype': 'Linux cooked capture v2 / Hardware type',
  'sll.pkttype': 'Linux cooked capture v2 / Packet type',
  'sll.halen': 'Linux cooked capture v2 / Address length',
  'sll.src.eth': 'Linux cooked capture v2 / Address',
  'ip.version': 'IPv4 / Version',
  'ip.hdr_len': 'IPv4 / Header length',
  'ip.dsfield.dscp': 'IPv4 / DSCP',
  'ip.len': 'IPv4 / Total length',
  'ip.id': 'IPv4 / Identification',
  'ip.flags.df': "IPv4 / Flags / Don't fragment (DF)",
  'ip.flags.mf': 'IPv4 / Flags / More fragments (MF)',
  'ip.frag_offset': 'IPv4 / Fragment offset',
  'ip.ttl': 'IPv4 / Time to live',
  'ip.proto': 'IPv4 / Protocol',
  'ip.checksum': 'IPv4 / Checksum',
  'ip.src': 'IPv4 / Source',
  'ip.dst': 'IPv4 / Destination',
  'tcp.srcport': 'TCP / Source port',
  'tcp.dstport': 'TCP / Destination port',
  'tcp.seq': 'TCP / Sequence number',
  'tcp.ack': 'TCP / Acknowledgment number',
  'tcp.hdr_len': 'TCP / Header length',
  'tcp.flags': 'TCP / Flags',
  'tcp.flags.ack': 'TCP / Flags / ACK',
  'tcp.flags.push': 'TCP / Flags / PSH',
  'tcp.flags.reset': 'TCP / Flags / RST',
  'tcp.flags.syn': 'TCP / Flags / SYN',
  'tcp.flags.fin': 'TCP / Flags / FIN',
  'tcp.window_size_value': 'TCP / Window',
  'tcp.checksum': 'TCP / Checksum',
  'tcp.urgent_pointer': 'TCP / Urgent pointer',
  'tcp.options': 'TCP / Options',
  'tcp.options.mss_val': 'TCP / Options / Maximum segment size',
  'tcp.options.wscale.shift': 'TCP / Options / Window scale',
  'tcp.options.timestamp.tsval': 'TCP / Options / Timestamps / Value',
  'tcp.options.timestamp.tsecr': 'TCP / Options / Timestamps / Echo reply',
  'tcp.payload': 'Payload',
};
/** Of these tshark points at the value, we at the whole option or both octets of the flags. */
const ELSEWHERE = ['tcp.options.mss_val', 'tcp.options.wscale.shift', 'tcp.flags'];

interface Seen {
  name: string;
  begin: number;
  end: number;
  value: string;
}

/** `show`, in numbers where it is one. */
const plain = (value: string): string =>
  /^0x/.test(value) ? String(Number(value)) : value.replace(/ octets?$/, '');

async function tshark(file: string): Promise<Seen[][]> {
  const { stdout } = await execa('tshark', [
    ...['-n', '-r', file, '-T', 'pdml', '-o', 'tcp.relative_sequence_numbers:FALSE'],
    ...['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'],
  ]);
  return stdout
    .split('<packet>')
    .slice(1)
    .map((packet) => [...packet.matchAll(/<field ([^>]*)>/g)].flatMap(([, text]) => seen(text)));
}

function seen(text = ''): Seen[] {
  const attribute = (name: string): string =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '';
  const name = attribute('name');
  const begin = Number(attribute('pos'));
  const end = begin + Number(attribute('size'));
  return NAMES[name] === undefined ? [] : [{ name, begin, end, value: attribute('show') }];
}

const flat = (fields: readonly Field[], above = ''): (Field & { path: string })[] =>
  fields.flatMap((field) => {
    const name = inEnglish(field.name);
    const path = above === '' ? name : `${above} / ${name}`;
    return [{ ...field, path }, ...flat(field.children ?? [], path)];
  });

const yes = (value: string): string =>
  ({ set: '1', True: '1', 'not set': '0', False: '0' })[value] ?? value;

describe.each(['time-wait.pcap', 'self-connect.pcap'])('%s', (name) => {
  test('tshark sees the same', async () => {
    const pcap = await readFile(CAPTURES + name);
    const packets = await tshark(CAPTURES + name);
    expect(packets.length).toBeGreaterThan(10);
    const compared = new Set<string>();
    packets.forEach((fields, index) => {
      const { octets, linkType } = openPcap(pcap).frame(index + 1);
      const ours = flat(fieldsOf(octets, linkType));
      for (const { name, begin, end, value } of fields) {
        const own = ours.find(({ path }) => path === NAMES[name]);
        const at = ELSEWHERE.includes(name) ? {} : { begin, end };
        expect({ index, name, ...own }).toMatchObject(at);
        if (['tcp.options', 'tcp.payload', 'tcp.flags'].includes(name)) continue;
        expect({
          index,
          name,
          value: plain(yes(own === undefined ? 'absent' : inEnglish(own.value))),
        }).toEqual({
          ...{ index, name },
          value: plain(yes(value)),
        });
        compared.add(name);
      }
    });
    expect([...compared]).toEqual(
      expect.arrayContaining(['ip.checksum', 'tcp.seq', 'tcp.options.mss_val']),
    );
  });

  test('and judges the checksums alike', async () => {
    const pcap = await readFile(CAPTURES + name);
    const { stdout } = await execa('tshark', [
      ...['-n', '-r', CAPTURES + name, '-o', 'ip.check_checksum:TRUE'],
      ...['-o', 'tcp.check_checksum:TRUE', '-T', 'fields'],
      ...['-e', 'ip.checksum.status', '-e', 'tcp.checksum.status'],
    ]);
    const verdicts = stdout.split('\n').map((line, index) => {
      const { octets, linkType } = openPcap(pcap).frame(index + 1);
      const ours = flat(fieldsOf(octets, linkType));
      const notes = ours
        .filter(({ name: own }) => inEnglish(own) === 'Checksum')
        .map(({ note }) => note);
      return {
        theirs: line.trim(),
        ours: notes.map((note) => (note?.text === 'right' ? 1 : 0)).join('\t'),
      };
    });
    expect(verdicts.map(({ ours }) => ours)).toEqual(verdicts.map(({ theirs }) => theirs));
  });
});
