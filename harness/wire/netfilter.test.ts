import { describe, expect, it } from 'vitest';
import { bindQueue, messagesIn, queueRules, verdict } from './netfilter.ts';

/** One netlink message: its header, and what follows as one hexadecimal text. */
const messages = (batch: Buffer): { type: number; flags: number; rest: string }[] => {
  const found = [];
  for (let at = 0; at < batch.length; at += batch.readUInt32LE(at)) {
    const length = batch.readUInt32LE(at);
    const one = batch.subarray(at, at + length);
    found.push({
      type: one.readUInt16LE(4),
      flags: one.readUInt16LE(6),
      rest: one.subarray(16).toString('hex'),
    });
  }
  return found;
};
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

describe('what is said to the kernel', () => {
  it('a rule is one batch: table, chain at its hook, rule', () => {
    const batch = messages(queueRules('out', { interfaces: [7] }, 4, 'queue'));
    // NFNL_MSG_BATCH_BEGIN; NFT_MSG_NEWTABLE, NEWCHAIN, DELRULE, NEWRULE; NFNL_MSG_BATCH_END, to be answered
    expect(batch.map(({ type }) => type)).toEqual([16, 0xa00, 0xa03, 0xa08, 0xa06, 17]);
    expect(batch.map(({ flags }) => flags)).toEqual([1, 0x401, 0x401, 1, 0xc01, 5]);
    const [, , chain, , rule] = batch;
    // NF_INET_POST_ROUTING
    expect(chain?.rest).toContain('0800010000000004');
    expect(rule?.rest).toContain(hex('queue\0'));
    expect(queueRules('in', { interfaces: [7] }, 1, 'NFQUEUE').toString('hex')).toContain(
      hex('NFQUEUE\0'),
    );
  });

  it('of each interface a rule for each alternative of flags; of none, none', () => {
    const rules = (flags: readonly number[]): string[] =>
      messages(queueRules('in', { interfaces: [7, 1], flags }, 1, 'queue'))
        .filter(({ type }) => type === 0xa06)
        .map(({ rest }) => rest);
    const two = rules([0x02, 0x12]);
    expect(two).toHaveLength(4);
    for (const rule of two) expect(rule).toContain(hex('payload\0'));
    // NFTA_DATA_VALUE: SYN; SYN and ACK
    expect(two.map((rule) => /0500010002000000/.test(rule))).toEqual([true, false, true, false]);
    expect(two.map((rule) => /0500010012000000/.test(rule))).toEqual([false, true, false, true]);
    expect(rules([])).toEqual([]);
  });

  it('every message and every attribute begins on a word', () => {
    for (const way of ['queue', 'NFQUEUE'] as const) {
      expect(queueRules('in', { interfaces: [7], flags: [2] }, 1, way).length % 4).toBe(0);
    }
    expect([bindQueue(4).length % 4, verdict(4, 1, 'pass').length % 4]).toEqual([0, 0]);
  });

  it('a verdict names the queue and the packet', () => {
    const [message] = messages(verdict(4, 0x01020304, 'drop'));
    const { type, rest } = message ?? { type: 0, rest: '' };
    expect(type).toBe(0x301);
    // nfgenmsg: family 0, version 0, queue 4; NFQA_VERDICT_HDR: NF_DROP, the packet
    expect(rest).toBe('00000004' + '0c000200' + '00000000' + '01020304');
  });
});

describe('what the kernel says', () => {
  const message = (type: number, body: string): Buffer => {
    const rest = Buffer.from(body, 'hex');
    const header = Buffer.alloc(16);
    header.writeUInt32LE(16 + rest.length, 0);
    header.writeUInt16LE(type, 4);
    return Buffer.concat([header, rest]);
  };
  // nfgenmsg; NFQA_PACKET_HDR: packet 5, 0x0800, hook 4; NFQA_PAYLOAD: three octets, padded
  const packet = '02000004' + '0b000100' + '00000005' + '08000400' + '07000a00' + 'aabbcc00';

  it('a packet, an answer, and what is neither', () => {
    const read = Buffer.concat([
      message(0x300, packet),
      message(2, 'feffffff' + '00'.repeat(16)),
      message(2, '00000000' + '00'.repeat(16)),
      message(3, ''),
    ]);
    expect([...messagesIn(read)]).toEqual([
      { kind: 'packet', id: 5, packet: Buffer.from('aabbcc', 'hex') },
      { kind: 'answer', errno: 2 },
      { kind: 'answer', errno: 0 },
      { kind: 'other' },
    ]);
  });

  it('half a message is no end without end', () => {
    expect([...messagesIn(message(0x300, packet).subarray(0, 30))]).toEqual([{ kind: 'other' }]);
    expect([...messagesIn(Buffer.alloc(16))]).toEqual([{ kind: 'other' }]);
  });
});
