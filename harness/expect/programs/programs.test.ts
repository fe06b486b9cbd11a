import { describe, expect, test } from 'vitest';
import type { Kind } from '../../evidence/expectations.ts';
import type { Expectation } from '../expectation.ts';
import {
  ends,
  failsWith,
  prints as toPrint,
  ready,
  shellResult,
  type ProgramRef,
} from './programs.ts';
import {
  call,
  CLIENT,
  clientRow,
  evaluate,
  exits,
  packet,
  prints,
  sample,
  serverRow,
  started,
  state,
  stream as written,
  told,
  wire,
  type Entry,
} from '../script.fixture.ts';

const over = { over: true };
const to = ['10.0.0.1:6000'];
const SERVER: ProgramRef = { host: 'server', program: 1, name: 'echo-server' };

/** With what says that both programs run; where it stands does not matter. */
const stream = (...entries: Entry[]) => written(...entries, started(0, 7, SERVER), started(0, 9));

const connecting = call(100, { phase: 'enter', call: 'connect', args: [3, ...to] });
const failed = (ms: number, code: string, errno: number) =>
  call(ms, { phase: 'return', call: 'connect', args: [3, ...to], result: -1, code, errno });
const refused = failed(110, 'ECONNREFUSED', 111);

const bound = (code?: string) => {
  const failure = code === undefined ? { result: 0 } : { result: -1, code, errno: 98 };
  return call(50, { phase: 'return', call: 'bind', args: [3, ...to], ...failure }, SERVER);
};
const listens = sample(
  60,
  'server',
  'LISTEN 0 5 10.0.0.1:6000 0.0.0.0:* users:(("echo-server",pid=7,fd=3))',
);

describe('a program that fails', () => {
  const wanted = failsWith(CLIENT, 'ECONNREFUSED');

  test('is met by its failed call and its end', () => {
    expect(told(wanted, stream(connecting, refused))).toBe('pending');
    const events = stream(connecting, refused, exits(120, 1));
    expect(told(wanted, events)).toBe(
      'met, seen connect(3, 10.0.0.1:6000) = -1 ECONNREFUSED (111)',
    );
    expect(evaluate(wanted, events)).toMatchObject({ by: [1, 2] });
  });

  test('but with another errno', () => {
    const events = stream(connecting, failed(3100, 'EHOSTUNREACH', 113), exits(3110, 1));
    expect(told(wanted, events)).toMatchInlineSnapshot(`
      "expected echo-client to fail with ECONNREFUSED, saw connect(3, 10.0.0.1:6000) = -1 EHOSTUNREACH (113)
        #0 at 0.100 s: connect(3, 10.0.0.1:6000) ...
        #1 at 3.100 s: connect(3, 10.0.0.1:6000) = -1 EHOSTUNREACH (113)
        #2 at 3.110 s: exit status 1"
    `);
  });

  test('by the call that was named, not by another one that fails so, too', () => {
    const events = stream(connecting, refused, exits(120, 1));
    const by = (name: string): string =>
      told(failsWith(CLIENT, 'ECONNREFUSED', { call: name }), events);
    expect(by('connect')).toBe('met, seen connect(3, 10.0.0.1:6000) = -1 ECONNREFUSED (111)');
    expect(by('recv')).toMatch(
      /^expected recv\(\) of echo-client to fail with ECONNREFUSED, saw connect\(3, 10.0.0.1:6000\) = -1 /,
    );
  });

  test('but ends well', () => {
    expect(told(wanted, stream(prints(0, 'input:'), exits(10, 0)))).toMatchInlineSnapshot(`
      "expected echo-client to fail with ECONNREFUSED, saw exit status 0
        #0 at 0.000 s: prints "input:"
        #1 at 0.010 s: exit status 0"
    `);
  });

  test('but ends well all the same: it got over the failure', () => {
    expect(told(wanted, stream(connecting, refused, exits(120, 0)))).toMatch(
      /, saw exit status 0\n/,
    );
  });

  test('but ends badly without a call that failed: it did not like its arguments', () => {
    expect(told(wanted, stream(exits(10, 2)))).toMatch(/, saw exit status 2\n/);
  });

  test('but still waits: its socket says for what', () => {
    const row = clientRow(
      'SYN-SENT 0 1',
      'users:(("echo-client",pid=9,fd=3)) timer:(on,1.652ms,2)',
    );
    const others = clientRow('ESTAB 0 0', 'users:(("echo-client",pid=10,fd=3))');
    const events = wire(
      started(0, 9),
      connecting,
      packet(101, 'client', 'client', 'S', 1000),
      packet(101, 'server', 'client', 'S', 1000),
      packet(102, 'client', 'server', 'R.', 0, { ack: 1001, win: 0 }),
      packet(102, 'client', 'client', 'S', 5000, { port: 40001 }),
      sample(5000, 'client', others, row),
    );
    expect(told(wanted, events)).toBe('pending');
    expect(told(wanted, events, over)).toMatchInlineSnapshot(`
      "expected echo-client to fail with ECONNREFUSED, saw it waiting in connect(3, 10.0.0.1:6000), its socket in SYN-SENT, Recv-Q 0, Send-Q 1, timer on 1.7 s, retransmitted 2 times
        #2 at 0.100 s: connect(3, 10.0.0.1:6000) ...
        #3 at 0.101 s: client > server SYN seq=1000
        #5 at 0.102 s: server > client RST+ACK seq=0 ack=1001 win=0"
    `);
  });

  test('nothing was heard of it', () => {
    expect(told(wanted, [], over)).toMatchInlineSnapshot(
      `"expected echo-client to fail with ECONNREFUSED, saw nothing of it"`,
    );
  });

  test('what other programs do is not its doing', () => {
    const other: ProgramRef = { ...CLIENT, program: 3 };
    const events = stream(
      call(
        0,
        { phase: 'return', call: 'connect', args: [3], code: 'ECONNREFUSED', errno: 111 },
        other,
      ),
      exits(10, 1, null, other),
    );
    expect(told(wanted, events)).toBe('pending');
  });
});

describe('a program that fails after a time', () => {
  const wanted = failsWith(CLIENT, 'ETIMEDOUT', { after: 7000 });
  const after = (ms: number) =>
    stream(connecting, failed(100 + ms, 'ETIMEDOUT', 110), exits(9000, 1));

  test('is met when the call took about as long', () => {
    expect(told(wanted, after(7150))).toMatchInlineSnapshot(
      `"met, seen connect(3, 10.0.0.1:6000) = -1 ETIMEDOUT (110), after 7.2 s"`,
    );
  });

  test('too early', () => {
    expect(told(wanted, after(3010))).toMatchInlineSnapshot(`
      "expected echo-client to fail with ETIMEDOUT after about 7 s, saw connect(3, 10.0.0.1:6000) = -1 ETIMEDOUT (110), after 3 s
        #0 at 0.100 s: connect(3, 10.0.0.1:6000) ...
        #1 at 3.110 s: connect(3, 10.0.0.1:6000) = -1 ETIMEDOUT (110)
        #2 at 9.000 s: exit status 1"
    `);
  });
});

describe('a server that fails', () => {
  const wanted = failsWith(SERVER, 'EADDRINUSE', { server: { port: 6000, pid: 7 } });

  test('is met by the failed bind', () => {
    const events = stream(bound('EADDRINUSE'), exits(60, 1, null, SERVER));
    expect(told(wanted, events)).toBe('met, seen bind(3, 10.0.0.1:6000) = -1 EADDRINUSE (98)');
  });

  test('but listens', () => {
    expect(told(wanted, stream(bound(), listens))).toMatchInlineSnapshot(`
      "expected echo-server to fail with EADDRINUSE, saw it in LISTEN, Recv-Q 0, Send-Q 5
        #0 at 0.050 s: bind(3, 10.0.0.1:6000) = 0"
    `);
  });

  test('another process that listens there does not matter', () => {
    const old = listens.body.type === 'sample' ? (listens.body.rows[0]?.line ?? '') : '';
    const events = stream(sample(0, 'server', old.replace('pid=7', 'pid=5')));
    expect(told(wanted, events)).toBe('pending');
  });
});

describe('a server that gets ready', () => {
  const wanted = ready(SERVER, 6000, 7);

  test('is met when ss shows it', () => {
    expect(told(wanted, stream(bound(), listens))).toBe('met, seen LISTEN, Recv-Q 0, Send-Q 5');
  });

  test('another process that listens there is not it', () => {
    const old = listens.body.type === 'sample' ? (listens.body.rows[0]?.line ?? '') : '';
    const events = stream(sample(0, 'server', old.replace('pid=7', 'pid=5')));
    expect(told(wanted, events)).toBe('pending');
  });

  test('but waits in accept on another port: its connections are told, not its listener', () => {
    const users = 'users:(("echo-server",pid=7,fd=4))';
    const elsewhere = `LISTEN 0 5 10.0.0.1:6001 0.0.0.0:* ${users}`;
    const queued = serverRow('CLOSE-WAIT 1 0', users);
    const accept = { call: 'accept', args: [3] };
    const asked = sample(10, 'server', elsewhere, queued);
    const waiting = stream(call(0, { phase: 'enter', ...accept }, SERVER), asked);
    expect(told(wanted, waiting, over)).toMatch(
      /saw it waiting in accept\(3\), its socket in CLOSE-WAIT, Recv-Q 1, Send-Q 0\n/,
    );
    // What a call that has returned left behind is not what it waits for.
    const back = call(5, { phase: 'return', ...accept, result: 4 }, SERVER);
    expect(told(wanted, stream(back, asked), over)).toMatch(/saw accept\(3\) = 4\n/);
  });

  test('but ends: fails at once', () => {
    const events = stream(bound('EADDRINUSE'), exits(60, 1, null, SERVER));
    expect(told(wanted, events)).toMatchInlineSnapshot(`
      "expected echo-server to listen on port 6000, saw bind(3, 10.0.0.1:6000) = -1 EADDRINUSE (98), exit status 1
        #0 at 0.050 s: bind(3, 10.0.0.1:6000) = -1 EADDRINUSE (98)
        #1 at 0.060 s: exit status 1"
    `);
  });

  test('but does something else', () => {
    const events = stream(call(0, { phase: 'enter', call: 'sleep', args: [10] }, SERVER));
    expect(told(wanted, events, over)).toMatchInlineSnapshot(`
      "expected echo-server to listen on port 6000, saw it waiting in sleep(10)
        #0 at 0.000 s: sleep(10) ..."
    `);
  });
});

describe('a program that prints', () => {
  test('is met by the line, also an earlier one', () => {
    const wanted = toPrint(CLIENT, 'read:ok');
    expect(told(wanted, stream(prints(0, 'read:ok')), { from: 1, since: 10e6 })).toBe(
      'met, seen "read:ok"',
    );
  });

  test('the whole line: descriptor 44 is not descriptor 4', () => {
    const accepted = toPrint(CLIENT, 'accept c = 4');
    expect(told(accepted, stream(prints(0, 'accept c = 44')))).toBe('pending');
    expect(told(accepted, stream(prints(0, 'no accept c = 4')))).toBe('pending');
  });

  test('but something else', () => {
    const events = stream(prints(0, 'input:'), prints(10, 'read:'));
    expect(told(toPrint(CLIENT, 'read:ok'), events)).toBe('pending');
    expect(told(toPrint(CLIENT, 'read:ok'), events, over)).toMatchInlineSnapshot(`
      "expected echo-client to print "read:ok", saw it print "read:"
        #0 at 0.000 s: prints "input:"
        #1 at 0.010 s: prints "read:""
    `);
  });
});

describe('a program that prints something else and fails', () => {
  test('tells both: of many calls the one that failed does not say which it was', () => {
    const events = stream(prints(0, 'made 1'), refused, exits(120, 1));
    expect(told(toPrint(CLIENT, 'made 0'), events)).toMatchInlineSnapshot(`
      "expected echo-client to print "made 0", saw it print "made 1", connect(3, 10.0.0.1:6000) = -1 ECONNREFUSED (111), exit status 1
        #0 at 0.000 s: prints "made 1"
        #1 at 0.110 s: connect(3, 10.0.0.1:6000) = -1 ECONNREFUSED (111)
        #2 at 0.120 s: exit status 1"
    `);
  });

  test('before that, nothing', () => {
    const events = stream(refused, exits(120, 1));
    expect(told(toPrint(CLIENT, 'made 0'), events)).toMatch(
      /saw connect\(3, 10\.0\.0\.1:6000\) = -1 ECONNREFUSED \(111\), exit status 1\n/,
    );
  });
});

test('a program that has ended prints no more: fails at once', () => {
  const events = stream(prints(0, 'input:'), exits(10, 0));
  expect(told(toPrint(CLIENT, 'read:ok'), events)).toMatch(/^expected .*, saw exit status 0\n/);
});

test('a verdict rests on what decided it', () => {
  const events = stream(prints(0, 'a'), connecting, refused, exits(120, 1));
  const result = shellResult(CLIENT, 0, 'a', {});
  const rests = (one: unknown) => evaluate(one as Expectation, events);
  expect([
    rests(toPrint(CLIENT, 'a')),
    rests(toPrint(CLIENT, 'b')),
    rests(ends(CLIENT)),
    rests(ends(CLIENT, { status: 0 })),
    rests(result),
    rests(failsWith(CLIENT, 'ECONNREFUSED')),
  ]).toMatchObject([[0], [3], [3], [3], [0], [2, 3]].map((by) => ({ by })));
});

describe('a program that ends', () => {
  test('by a signal, or with a status', () => {
    const killed = stream(exits(0, null, 'SIGINT'));
    expect(told(ends(CLIENT), killed)).toBe('met, seen ended by SIGINT');
    expect(told(ends(CLIENT, { signal: 'SIGINT' }), killed)).toBe('met, seen ended by SIGINT');
    expect(told(ends(CLIENT, { status: 0 }), stream(exits(0, 0)))).toBe('met, seen exit status 0');
  });

  test('by another signal: a program that crashed was not ended by the lab', () => {
    const crashed = stream(exits(0, null, 'SIGSEGV'));
    expect(told(ends(CLIENT, { signal: 'SIGINT' }), crashed)).toMatchInlineSnapshot(`
      "expected echo-client to be ended by SIGINT, saw it ended by SIGSEGV
        #0 at 0.000 s: ended by SIGSEGV"
    `);
    // It caught the signal and ended by itself.
    expect(told(ends(CLIENT, { signal: 'SIGINT' }), stream(exits(0, 130)))).toMatch(
      /to be ended by SIGINT, saw exit status 130/,
    );
    expect(told(ends(CLIENT, { status: 0 }), stream(exits(0, 1)))).toMatch(/saw exit status 1/);
  });

  test('otherwise', () => {
    expect(told(ends(CLIENT, { status: 0 }), stream(exits(0, null, 'SIGKILL'))))
      .toMatchInlineSnapshot(`
        "expected echo-client to end with status 0, saw it ended by SIGKILL
          #0 at 0.000 s: ended by SIGKILL"
      `);
  });

  test('not at all', () => {
    const events = stream(call(0, { phase: 'enter', call: 'recv', args: [3, 127] }));
    expect(told(ends(CLIENT, { signal: 'SIGINT' }), events, over)).toMatchInlineSnapshot(`
      "expected echo-client to be ended by SIGINT, saw it waiting in recv(3, 127)
        #0 at 0.000 s: recv(3, 127) ..."
    `);
  });
});

describe('a call typed into a socket shell', () => {
  const events = stream(
    prints(0, 'socket(AF_INET, SOCK_STREAM, 0) = 3'),
    prints(10, 'bind(3, 10.0.0.1:80) = -1 EACCES (13)'),
    prints(20, 'getsockname(3) = 0 10.0.0.1:36127'),
    prints(30, "error: unknown command 'bnd' (valid: socket, bind)"),
  );
  const result = (index: number, wanted: Parameters<typeof shellResult>[3]) =>
    told(shellResult(CLIENT, index, 'the call', wanted), events);

  test('is met by its own line', () => {
    expect(result(0, { result: '3' })).toBe('met, seen socket(AF_INET, SOCK_STREAM, 0) = 3');
    expect(result(1, { code: 'EACCES' })).toBe('met, seen bind(3, 10.0.0.1:80) = -1 EACCES (13)');
    expect(result(2, { result: '0 10.0.0.1:N' })).toMatch(/^met/);
    expect(result(4, { result: '0' })).toBe('pending');
  });

  test('dots are dots and a number is no 0', () => {
    expect(result(2, { result: '0 10.0.0.1.N' })).not.toMatch(/^met/);
    // A descriptor 3 is none of 33, nor of 13.
    const third = { result: '3' };
    const socket = (line: string) =>
      told(shellResult(CLIENT, 0, 'socket', third), stream(prints(0, `socket() = ${line}`)));
    expect([socket('3'), socket('33'), socket('13')]).toEqual([
      expect.stringMatching(/^met/),
      expect.stringMatching(/saw socket\(\) = 33$/),
      expect.stringMatching(/saw socket\(\) = 13$/),
    ]);
    expect(result(1, { code: 'EACCE' })).not.toMatch(/^met/);
    const unbound = stream(prints(0, 'getsockname(3) = 0 0.0.0.0:0'));
    const wanted = shellResult(CLIENT, 0, 'getsockname 3', { result: '0 0.0.0.0:N' });
    expect(told(wanted, unbound)).toMatchInlineSnapshot(
      `"expected 'getsockname 3' at the client to return 0 0.0.0.0:N, saw getsockname(3) = 0 0.0.0.0:0"`,
    );
  });

  test('what stands in quotes is meant as it stands', () => {
    const received = (text: string): string => {
      const line = stream(prints(0, `recv(3, 127, 0) = 1 "${text}"`));
      return told(shellResult(CLIENT, 0, 'recv 3', { result: 'N "N"' }), line);
    };
    expect(received('N')).toMatch(/^met/);
    expect(received('7')).not.toMatch(/^met/);
  });

  test('otherwise', () => {
    expect(result(0, { code: 'EMFILE' })).toMatchInlineSnapshot(
      `"expected 'the call' at the client to fail with EMFILE, saw socket(AF_INET, SOCK_STREAM, 0) = 3"`,
    );
    expect(result(1, { result: '0' })).toMatchInlineSnapshot(
      `"expected 'the call' at the client to return 0, saw bind(3, 10.0.0.1:80) = -1 EACCES (13)"`,
    );
    expect(result(3, { result: '0' })).toMatchInlineSnapshot(
      `"expected 'the call' at the client to return 0, saw error: unknown command 'bnd' (valid: socket, bind)"`,
    );
    // Not even any success: it was no call.
    expect(result(3, {})).toMatchInlineSnapshot(
      `"expected 'the call' at the client to succeed, saw error: unknown command 'bnd' (valid: socket, bind)"`,
    );
  });

  test('any success is no failure', () => {
    expect(result(0, {})).toMatch(/^met/);
    expect(result(1, {})).toMatch(/to succeed, saw bind\(.*\) = -1 EACCES \(13\)$/);
  });

  test('after a time: as long as its call took', () => {
    const accept = { call: 'accept', args: [3] };
    const [enter, back] = [
      call(100, { phase: 'enter', ...accept }),
      call(3150, { phase: 'return', ...accept, result: 4 }),
    ];
    // The shell's answer may come before the report of the call: its time is not known yet.
    const line = prints(3151, 'accept(3) = 4');
    const returned = (after: number, wanted: string, ...entries: Entry[]) =>
      told(shellResult(CLIENT, 0, 'accept 3', { result: wanted }, { after }), stream(...entries));
    expect(returned(3000, '4', enter, line)).toBe('pending');
    expect(returned(3000, '4', enter, back, line)).toBe('met, seen accept(3) = 4, after 3 s');
    expect(returned(10_000, '4', enter, back, line)).toMatch(
      /after about 10 s, saw accept\(3\) = 4, after 3 s$/,
    );
    expect(returned(3000, '5', enter, back, line)).toMatch(/^expected .* saw accept\(3\) = 4/);
  });

  test('by a shell that has ended: fails at once', () => {
    expect(told(shellResult(CLIENT, 0, 'accept 3', {}), stream(exits(10, 0)))).toMatch(
      /saw exit status 0\n/,
    );
  });

  test('not at all', () => {
    const waits = stream(call(0, { phase: 'enter', call: 'accept', args: [3] }));
    expect(told(shellResult(CLIENT, 0, 'accept 3', { result: '4' }), waits, over))
      .toMatchInlineSnapshot(`
      "expected 'accept 3' at the client to return 4, saw it waiting in accept(3)
        #0 at 0.000 s: accept(3) ..."
    `);
  });
});

describe('a program that does much', () => {
  /** So many lines, and a sample now and then. */
  const lines = (count: number): Entry[] => [
    started(0, 9),
    ...Array.from({ length: count }, (_, i) =>
      i % 500 === 0 ? sample(i, 'client', clientRow('ESTAB 0 0')) : prints(i, 'y'),
    ),
  ];

  test('is told of by its first and its last doings', () => {
    const message = told(toPrint(CLIENT, 'n'), written(...lines(1000)), over).split('\n');
    expect(message.slice(0, 2)).toEqual([
      `expected echo-client to print "n", saw it print "y"`,
      '  #2 at 0.001 s: prints "y"',
    ]);
    expect(message.slice(20, 23)).toEqual([
      '  #21 at 0.020 s: prints "y"',
      '  ... 938 more',
      '  #961 at 0.960 s: prints "y"',
    ]);
    expect(message).toHaveLength(62);
  });

  test('costs each expectation the same at every line', () => {
    const wanted = [
      ready(CLIENT, 6000, 9),
      failsWith(CLIENT, 'EADDRINUSE', { server: { port: 6000, pid: 9 } }),
      toPrint(CLIENT, 'n'),
      ends(CLIENT),
      shellResult(CLIENT, 1e6, 'bind', {}),
    ];
    const all = written(...lines(40_000));
    const events: typeof all = [];
    const asked = wanted.map((one) => state<unknown, Kind>(one as unknown as Expectation, events));
    const answers = new Set<string>();
    const began = performance.now();
    for (const event of all) {
      events.push(event);
      for (const ask of asked) answers.add(ask(false).verdict);
    }
    expect([...answers]).toEqual(['pending']);
    // 200,000 looks; each at all that came before would take minutes.
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
