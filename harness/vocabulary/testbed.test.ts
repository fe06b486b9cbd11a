/** What a lab says, as what is done to its world and what is asked of the evidence: nothing else is. */
import { describe, expect, test } from 'vitest';
import type { Connection } from '../history/connection.ts';
import { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { testbed, type Testbed } from './testbed.ts';
import type { HostFacts, Session } from './session.ts';

const SYSCTLS = { 'net.ipv4.tcp_syn_retries': '1' };

/** A testbed whose session notes everything; `values` are what its expectations come to, by kind. */
function noting(values: Partial<Record<string, unknown>> = {}) {
  const noted: string[] = [];
  const host = (address: string): HostFacts => ({ address, mac: '', sysctls: SYSCTLS });
  const session: Session = {
    stream: new Stream(),
    facts: { server: host('10.0.0.1'), client: host('10.0.0.2') },
    slow: false,
    perform: (op, at, args) => {
      noted.push(`${op} ${at} ${JSON.stringify(args)}`);
      return Promise.resolve((op === 'run' ? { pid: 70 } : null) as never);
    },
    judge: <T>({ kind, params }: Expectation<T>) => {
      noted.push(`${kind} ${JSON.stringify(params)}`);
      const value = values[kind];
      return value instanceof Error ? Promise.reject(value) : Promise.resolve(value as T);
    },
    step: async (title, body) => {
      noted.push(`step ${JSON.stringify(title)}`);
      await body();
    },
  };
  return { noted, lab: testbed(session) };
}

async function saying(
  say: (lab: Testbed) => PromiseLike<unknown>,
  values: Partial<Record<string, unknown>> = {},
): Promise<string[]> {
  const { noted, lab } = noting(values);
  await say(lab);
  return noted;
}

const conn: Connection = {
  server: { address: '10.0.0.1', port: 6000 },
  client: { address: '10.0.0.2', port: 7000 },
};
const ENDS = JSON.stringify(conn);

describe('the wire', () => {
  test.each<[string, (lab: Testbed) => Promise<unknown>, string[]]>([
    ['held without hosts: both', ({ wire }) => wire.hold(), ['hold server {}', 'hold client {}']],
    ['held: one', ({ wire, server }) => wire.hold(server), ['hold server {}']],
    ['carrying', ({ wire, client }) => wire.carry(client), ['carry client {}']],
    ['slow', ({ wire, client }) => wire.delay('0.2s', client), ['delay client {"ms":200}']],
    // Nothing is let go before it is there: an ACK may be put off for 8 ms.
    [
      'released',
      ({ wire, client }) => wire.release(client),
      ['waits {"host":"client"}', 'release client {}'],
    ],
    [
      'of which one goes',
      ({ wire, client }) => wire.letGo({ from: client, flags: 'F.' }),
      ['waits {"host":"client","flags":"F."}', 'letGo client {"id":7}'],
    ],
    [
      'that makes a copy',
      ({ wire, server }) => wire.duplicate({ from: server }),
      ['waits {"host":"server"}', 'duplicate server {"id":7}'],
    ],
    [
      'on which one overtakes',
      ({ wire, server }) => wire.reorder({ from: server }),
      ['waits {"host":"server"}', 'reorder server {"id":7}'],
    ],
    [
      'that loses what waits',
      ({ wire, server }) => wire.drop({ from: server, flags: 'S.' }),
      ['waits {"host":"server","flags":"S."}', 'discard server {"id":7}'],
    ],
    [
      'that loses what arrives',
      ({ wire, server }) => wire.drop({ to: server, flags: 'S' }),
      ['drop server {"flags":"S"}'],
    ],
    [
      'that loses one of those',
      ({ wire, server }) => wire.drop({ to: server, flags: 'S', count: 1 }),
      ['drop server {"flags":"S","count":1}'],
    ],
    ['that loses nothing', ({ wire, client }) => wire.dropNothing(client), ['undrop client {}']],
  ])('%s', async (_what, say, wanted) => {
    expect(await saying(say, { waits: 7 })).toEqual(wanted);
  });

  test('is the same between two ports, whether a kernel knows of them or not', () => {
    expect(noting().lab.wire.between(6000, 7000)).toEqual(conn);
  });
});

describe('a host', () => {
  test('sends in a kernel’s name from its own end; what is no segment is not sent', async () => {
    const ends = `"from":${JSON.stringify(conn.client)},"to":${JSON.stringify(conn.server)}`;
    expect(await saying(({ client }) => client.inject(conn, 'R seq=1'))).toEqual([
      `inject client {${ends},"segment":"R seq=1"}`,
    ]);
    const { noted, lab } = noting();
    await expect(lab.client.inject(conn, 'X seq=1')).rejects.toThrow('"X" are not flags');
    expect(noted).toEqual([]);
  });

  test('sends a SYN again as its kernel does, also one that knows no linear timeouts', () => {
    const { client, server } = noting().lab;
    expect(client.synSchedule.sent).toEqual([0, 1]);
    expect([client.address, server.address]).toEqual(['10.0.0.2', '10.0.0.1']);
    expect(server.sysctl('net.ipv4.tcp_rto_max_ms')).toBeUndefined();
  });

  test('has another MTU', async () => {
    expect(await saying(({ client }) => client.setMtu(576))).toEqual(['mtu client {"octets":576}']);
  });
});

describe('a program', () => {
  const ARGS = '"--address=10.0.0.1","--port=6000"';

  test('is up when it listens, or at once; programs are counted over both hosts', async () => {
    const noted = await saying(async ({ server, client }) => {
      await server.run('echo-server', { backlog: -1, reuseAddr: true });
      await client.run('echo-client', { sourcePort: 7000 });
    });
    expect(noted).toEqual([
      `run server {"program":1,"name":"echo-server","args":[${ARGS},"--backlog=-1","--reuse-addr"]}`,
      'program-listens {"host":"server","program":1,"name":"echo-server","port":6000}',
      `run client {"program":2,"name":"echo-client","args":[${ARGS},"--source-port=7000"]}`,
    ]);
  });

  test('that is to fail need not come up, but a server may have listened', async () => {
    const noted = await saying(({ server, expect: lab }) =>
      lab(server.run('echo-server')).toFailWith('EADDRINUSE', { after: '7s' }),
    );
    expect(noted[1]).toBe(
      'program-fails {"host":"server","program":1,"name":"echo-server","code":"EADDRINUSE","after":7000,"port":6000}',
    );
  });

  test('is ended by Ctrl-C, and waited for', async () => {
    const noted = await saying(async ({ client }) => {
      const program = await client.run('echo-client');
      await program.type('hello');
      await program.kill();
    });
    expect(noted.slice(1)).toEqual([
      'type client {"program":1,"text":"hello\\n"}',
      'signal client {"program":1,"signal":"SIGINT"}',
      'program-ends {"host":"client","program":1,"name":"echo-client","signal":"SIGINT"}',
    ]);
  });
});

describe('an expectation', () => {
  const end = (host: string): string => `{"host":"${host}","connection":${ENDS}`;

  test.each<[string, (lab: Testbed) => PromiseLike<unknown>, string[]]>([
    [
      'of both ends: one that is CLOSED is gone',
      (lab) => lab.expect(conn).toBeIn({ server: 'CLOSED', client: 'TIME-WAIT' }),
      [`end-gone ${end('server')}}`, `end-in-state ${end('client')},"state":"TIME-WAIT"}`],
    ],
    [
      'of a timer',
      (lab) =>
        lab.expect(lab.client.end(conn)).toBeIn('TIME-WAIT', {
          timer: { name: 'timewait', least: '50s', most: '1min' },
        }),
      [
        `end-in-state ${end('client')},"state":"TIME-WAIT","timer":{"name":"timewait","least":50000,"most":60000}}`,
      ],
    ],
    [
      'that an end stays',
      (lab) => lab.expect(lab.client.end(conn)).toStayIn('FIN-WAIT-2', { during: '3s' }),
      [`end-stays ${end('client')},"state":"FIN-WAIT-2","ms":3000}`],
    ],
    [
      'of a counter, which is read for it',
      (lab) => lab.expect(lab.server.counter('TcpExtListenDrops')).toBe(1),
      ['counters server {}', 'counter {"host":"server","name":"TcpExtListenDrops","value":1}'],
    ],
    [
      'of netstat, which is run for it',
      (lab) => lab.expect(lab.server.netstat(6000)).toCount({ 'TIME-WAIT': 1 }),
      [
        'netstat server {}',
        'netstat-counts {"host":"server","port":6000,"counts":{"TIME-WAIT":1}}',
      ],
    ],
    [
      'of segments, and of no others',
      (lab) => lab.expect(lab.wire).toHaveCarriedOnly(conn, 'client > server  S'),
      [
        'carried {"flow":{"serverPort":6000,"clientPort":7000},"pattern":"client > server  S","whole":true,"repeats":false}',
      ],
    ],
    [
      'of none',
      (lab) => lab.expect(lab.wire).toHaveCarriedNo({ serverPort: 6000 }),
      ['not-carried {"flow":{"serverPort":6000}}'],
    ],
    [
      'of none for a time',
      (lab) => lab.expect(lab.wire).toStayWithout(conn, 'client > server  S', { during: '250ms' }),
      [
        'not-carried {"flow":{"serverPort":6000,"clientPort":7000},"line":"client > server  S","ms":250}',
      ],
    ],
  ])('%s', async (_what, say, wanted) => {
    expect(await saying(say)).toEqual(wanted);
  });

  test('of both ends, neither of which is so, tells of the server’s, whichever was first', async () => {
    const values = { 'end-in-state': new Error('client'), 'end-gone': new Error('server') };
    const both = saying(
      (lab) => lab.expect(conn).toBeIn({ server: 'CLOSED', client: 'LISTEN' }),
      values,
    );
    await expect(both).rejects.toThrow('server');
  });
});

test('a cell is a step that has its row and its column in its title', async () => {
  const noted = await saying(({ cell }) =>
    cell('LISTEN', { text: 'listen({n})', params: { n: 2 } }, () => Promise.resolve()),
  );
  const [row, column] = ['{"text":"LISTEN"}', '{"text":"listen({n})","params":{"n":2}}'];
  expect(noted).toEqual([
    `step {"text":"{row}: {column}","params":{"row":${row},"column":${column}}}`,
  ]);
});

test('a step is told by its title, a text or a told one', async () => {
  const noted = await saying(async ({ step }) => {
    await step('one', () => Promise.resolve());
    await step({ text: 'listen({n})', params: { n: 2 } }, () => Promise.resolve());
  });
  expect(noted).toEqual(['step {"text":"one"}', 'step {"text":"listen({n})","params":{"n":2}}']);
});

test('a state that is none is refused when it is expected, not when its bundle is read', async () => {
  const { noted, lab } = noting();
  const conn = lab.wire.between(6000, 7000);
  const wrong = 'CLOSE_WAIT' as 'CLOSE-WAIT';
  const refused = /^'CLOSE_WAIT' is not a TCP state: CLOSED, LISTEN, .*TIME-WAIT$/;
  expect(() => lab.expect(lab.server.end(conn)).toBeIn(wrong)).toThrow(refused);
  await expect(lab.expect(conn).toBeIn({ server: wrong, client: wrong })).rejects.toThrow(refused);
  expect(noted).toEqual([]);
});
