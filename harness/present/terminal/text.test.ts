import { expect, test } from 'vitest';
import { SampleRun } from '../sample-run.fixture.ts';
import { english } from '../../texts/say.ts';
import { styleFor, type Style } from './style.ts';
import { renderResult, type About } from './text.ts';
import { told, verbatim, type Told } from '../../told.ts';

const UTF8 = { LANG: 'C.UTF-8' };
const plain = (columns = 80): Style => ({ ...styleFor({}, UTF8, english), columns });
const lab = { explanation: 'Why   it\n      happens.', sources: ['seed 000', 'RFC 9293 3.5'] };
const text = (run: SampleRun, about: About = {}, style = plain()): string =>
  `\n${renderResult(run.events, about, style).join('\n')}`;

const handshake = (run: SampleRun): SampleRun =>
  run
    .segment(
      'client',
      { flags: 'S', seq: 100, options: { mss: 1460 } },
      { client: 300, server: 300.02 },
    )
    .segment(
      'server',
      { flags: 'S.', seq: 900, ack: 101, options: { mss: 1460 } },
      { server: 300.1, client: 300.11 },
    )
    .segment('client', { flags: '.', seq: 101, ack: 901 }, { client: 300.2, server: 300.25 });

/** A server listens, and a client connects. */
function passing(): SampleRun {
  const run = new SampleRun().begin().expect(100, 250, 'the server to listen', 'LISTEN, Send-Q 5');
  run.step(300, 1500, 'the client connects', () => {
    handshake(run);
    run.expect(310, 330, "the client's end in ESTABLISHED", 'ESTABLISHED');
  });
  const pattern = 'client > server  S\nserver > client  S.';
  run.state(
    1510,
    1520,
    {
      kind: 'carried',
      params: { flow: { serverPort: 6000 }, pattern, whole: true, repeats: false },
    },
    {
      verdict: 'met',
      seen: { names: { x: 100 }, captures: ['server', 'client'], leftOut: [0, 2] },
    },
  );
  return run;
}

test('a run that passed', () => {
  const run = passing();
  run.add(1530, {
    type: 'note',
    ...told("the kernel's tracepoint is not read: {why}", { why: told('only root may read it') }),
  });
  run.add(1540, { type: 'end', status: 'passed' });
  expect(text(run, { lab, bundle: 'runs/sample' })).toMatchInlineSnapshot(`
    "
    sample: What it shows

    Why it happens.

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

          s         server │ 10.0.0.1:6000           10.0.0.2:40001 │ client
                           │── the client connects ─────────────────│
      0.300                │<───────── SYN seq=x mss=1460 ──────────│
      0.300                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│
      0.300                │<───────── ACK seq=x+1 ack=y+1 ─────────│

    x = 100, y = 900  (client:40001, server:6000)

    ✓ netstat -natp of the server shows the server to listen
    ✓ the client connects (1 check)
    ✓ on the wire nothing but: client SYN, server SYN+ACK

    note: the kernel's tracepoint is not read: only root may read it

    ✓ passed: all 3 checks, in 1.54 s
      bundle: runs/sample
    "
  `);
});

test('a run that passed, with all that there is to say', () => {
  const run = passing();
  run.add(1540, { type: 'end', status: 'passed' });
  expect(text(run, { lab, isVerbose: true, bundle: 'runs/sample' })).toMatchInlineSnapshot(`
    "
    sample: What it shows

    Why it happens.
    Sources: seed 000; RFC 9293 3.5

    netns: no Docker daemon answers at /var/run/docker.sock
    Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

    ✓ netstat -natp of the server shows the server to listen
        LISTEN, Send-Q 5

    the client connects
    ✓ netstat -natp of the server shows the client's end in ESTABLISHED
        ESTABLISHED

    ✓ on the wire nothing but
      client > server SYN
      server > client SYN+ACK
        found in both captures, x=100
        (left out: 2 that repeat an earlier segment)

          s         server │ 10.0.0.1:6000           10.0.0.2:40001 │ client
                           │── the client connects ─────────────────│
      0.300                │<───────── SYN seq=x mss=1460 ──────────│
      0.300                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│
      0.300                │<───────── ACK seq=x+1 ack=y+1 ─────────│

    x = 100, y = 900  (client:40001, server:6000)

    ✓ passed: all 3 checks, in 1.54 s
      bundle: runs/sample
    "
  `);
});

test('a table that the lab has filled in stands in the place of the ladder and of its steps', () => {
  const run = handshake(new SampleRun().begin());
  const cell = (column: string): Told =>
    told('{row}: {column}', { row: told('LISTEN'), column: told(column) });
  run.step(300, 310, cell('without it'), () => run.expect(300, 310, 'this', 'this'));
  run.step(320, 330, cell('with it'), () => run.expect(320, 330, 'that', 'nothing', true));
  run.add(400, { type: 'end', status: 'failed', expectation: 4 });
  expect(text(run)).toMatchInlineSnapshot(`
    "
    sample: What it shows

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

            without it    with it
    LISTEN  ✓             ✗

    ✗ LISTEN: with it
    ✗ expected netstat -natp of the server to show that, saw no such line
        labs/sample.ts:4
        nothing  (another line has it)

    ✗ failed: 1 checks passed, 1 not, in 400 ms
    "
  `);
  const whole = text(run, { isVerbose: true });
  expect(whole.indexOf('without it  with it')).toBeLessThan(whole.indexOf('LISTEN: without it'));
  expect(whole).toContain('SYN+ACK');
});

test('what to notice, and where to go on, once it has passed', () => {
  const lesson = { ...lab, notice: 'Two words   were\n  enough.', next: 'close' };
  const passed = new SampleRun().begin().add(10, { type: 'end', status: 'passed' });
  expect(text(passed, { lab: lesson })).toMatchInlineSnapshot(`
    "
    sample: What it shows

    Why it happens.

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

    Notice: Two words were enough.
    Next: socket-lab close

    ✓ passed: all 0 checks, in 10 ms
    "
  `);
  const failed = new SampleRun().begin().add(10, { type: 'end', status: 'failed' });
  expect(text(failed, { lab: lesson })).not.toMatch(/Notice|Next/);
});

test('where documents say otherwise stands after what the run has shown, if it has', () => {
  const claims = ['000', '003'].map((document) => ({
    document,
    section: 'TIME_WAIT 状态',
    quote: '大约会持续两分钟时间',
    claim: 'TIME-WAIT lasts about two minutes, twice the longest life of a segment',
    kernel: '60 s, whatever tcp_fin_timeout says',
    why: 'the length is a constant of the kernel',
    since: 'Linux 2.4.0 or earlier',
  }));
  const passed = new SampleRun().begin().add(10, { type: 'end', status: 'passed' });
  expect(text(passed, { claims })).toMatchInlineSnapshot(`
    "
    sample: What it shows

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

    2 statements of the documents that the labs were made from (000, 003) are not
      so here; which, and why: socket-lab claims sample

    ✓ passed: all 0 checks, in 10 ms
    "
  `);
  const failed = new SampleRun().begin().add(10, { type: 'end', status: 'failed' });
  expect(text(failed, { claims })).not.toContain('the documents');
  expect(text(passed, { claims: [] })).not.toContain('the documents');
});

test('a run that failed shows the whole message, its evidence as it is', () => {
  const candidates = 'tcp 0 0 10.0.0.1:6000  LISTEN\ntcp 0 0 10.0.0.1:7000  LISTEN';
  const run = new SampleRun().begin();
  run.expect(100, 10_100, 'tcp 0 0 10.0.0.1:6001 LISTEN, '.repeat(3), candidates, true);
  run.add(10_200, { type: 'end', status: 'failed', expectation: 1 });
  expect(text(run)).toMatchInlineSnapshot(`
    "
    sample: What it shows

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

    ✗ expected netstat -natp of the server to show tcp 0 0 10.0.0.1:6001 LISTEN, tcp
      0 0 10.0.0.1:6001 LISTEN, tcp 0 0 10.0.0.1:6001 LISTEN, , saw no such line
        labs/sample.ts:1
        tcp 0 0 10.0.0.1:6000  LISTEN  (another line has it)
        tcp 0 0 10.0.0.1:7000  LISTEN  (another line has it)

    ✗ failed: 0 checks passed, 1 not, in 10.2 s
    "
  `);
});

test('lost, retransmitted, not captured, data, and a second connection', () => {
  const run = new SampleRun().begin();
  run.drop(1, 50, 'server', 'S', 1);
  run.segment('client', { flags: 'S', seq: 100 }, { client: 10, server: 10.02 });
  run.lose(10.03, 'client', { flags: 'S', seq: 100 });
  handshake(run).segment(
    'client',
    { flags: 'P.', seq: 101, ack: 901, length: 5, window: 0 },
    { client: 400 },
  );
  run.segment(
    'client',
    {
      flags: 'S',
      seq: 5,
      src: { address: '10.0.0.2', port: 40003 },
      dst: { address: '10.0.0.1', port: 6001 },
    },
    { client: 500, server: 500.5 },
  );
  run.add(600, { type: 'end', status: 'passed' });
  expect(text(run)).toMatchInlineSnapshot(`
    "
    sample: What it shows

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

          s  port         server │ 10.0.0.1                10.0.0.2 │ client
      0.001                      │ [the next SYN that comes is      │
                                 │ lost]                            │
      0.010 40001                │ lost //─────── SYN seq=x ────────│
      0.050                      │ [nothing is lost any more]       │
      0.300 40001                │<────── SYN seq=x mss=1460 ───────│
      0.300 40001                │───── SYN+ACK seq=y ack=x+1 ─────>│
                                 │ (mss=1460)                       │
      0.300 40001                │<────── ACK seq=x+1 ack=y+1 ──────│
      0.400 40001                │ not seen //── PSH+ACK seq=x+1 ───│
                                 │            (ack=y+1 len=5 win=0) │
      0.500 40003                │<─────────── SYN seq=x ───────────│
    port: the client's; [...]: done by the lab; (...): of the line above; //: it
    gets no further
    x = 100, y = 900  (client:40001, server:6000)
    x = 5  (client:40003, server:6001)

    ✓ passed: all 0 checks, in 600 ms
    "
  `);
});

test('a wide terminal has the numbers of the wire, too', () => {
  const run = handshake(new SampleRun());
  expect(text(run, {}, plain(120))).toMatchInlineSnapshot(`
    "
          s         server │ 10.0.0.1:6000                                                   10.0.0.2:40001 │ client
      0.300                │<────────────────────────── SYN seq=x mss=1460  (100) ──────────────────────────│
      0.300                │───────────────── SYN+ACK seq=y ack=x+1 mss=1460  (900, 101) ──────────────────>│
      0.300                │<─────────────────────── ACK seq=x+1 ack=y+1  (101, 901) ───────────────────────│

    x = 100, y = 900  (client:40001, server:6000)

    ✗ broken off after 180 us: it ended without a verdict
    "
  `);
});

test('a run that broke off says why, and what was not tried to the end', () => {
  const run = new SampleRun().begin().expect(100, 0, 'the server to listen');
  const message = verbatim('a host died during the run');
  run.add(100, { type: 'end', status: 'broken', message, cut: true });
  expect(text(run, {})).toMatchInlineSnapshot(`
    "
    sample: What it shows

    netns, Linux 6.1.0, server 10.0.0.1, client 10.0.0.2

    · expected netstat -natp of the server to show the server to listen: not tried
      to the end

    ✗ broken off after 100 ms: a host died during the run
    "
  `);
});

test('what a run broke off with keeps its lines: a caret stands below what it points at', () => {
  const run = new SampleRun().begin();
  const quoted = 'client > server  S  seq==x\n                     ^ for example len=0';
  const message = verbatim(
    `mine.lab.ts:9: packet pattern, line 1, column 22: expected a number or a name\n${quoted}`,
  );
  run.add(100, { type: 'end', status: 'broken', message });
  // Indented: what is quoted begins no line of ours.
  expect(text(run, {})).toContain(`\n  ${quoted.replace('\n', '\n  ')}\n`);
});

test('thousands of segments: the first and the last', () => {
  const run = new SampleRun();
  for (let i = 0; i < 1000; i++) {
    run.segment('client', { flags: '.', seq: i }, { client: i, server: i + 0.01 });
  }
  const lines = text(run).split('\n');
  expect(lines.filter((line) => line.includes('... 840 more lines ...'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('ACK'))).toHaveLength(160);
});

test('no line of a text is longer than 80 columns', () => {
  const run = new SampleRun().begin('A title that goes on '.repeat(6));
  run.expect(1, 2, 'server in TIME-WAIT, '.repeat(3), 'seen '.repeat(40));
  handshake(run);
  const long = {
    explanation: 'word '.repeat(100),
    sources: ['some source'.repeat(2), 'x '.repeat(70)],
  };
  for (const line of text(run, { lab: long }).split('\n'))
    expect(line.length).toBeLessThanOrEqual(80);
});

test('colours only where they are wanted, signs as the locale allows', () => {
  const run = new SampleRun().begin().expect(1, 2, 'this', 'that');
  run.add(3, { type: 'end', status: 'passed' });
  const escape = '\u001b[';
  const tty = { isTTY: true };
  expect(text(run, {}, styleFor(tty, UTF8, english))).toContain(escape);
  expect(text(run, {}, styleFor({}, UTF8, english))).not.toContain(escape);
  expect(text(run, {}, styleFor(tty, { ...UTF8, NO_COLOR: '1' }, english))).not.toContain(escape);
  expect(text(run, {}, styleFor(tty, { ...UTF8, TERM: 'dumb' }, english))).not.toContain(escape);
  expect(text(run, {}, styleFor({}, { ...UTF8, FORCE_COLOR: '1' }, english))).toContain(escape);
  expect(text(run, {}, styleFor({}, UTF8, english))).toContain('✓ netstat');
  expect(text(run, {}, styleFor({}, { LANG: 'C' }, english))).toContain('+ netstat');
  expect(text(run, {}, styleFor({}, { LC_ALL: 'POSIX', LANG: 'C.UTF-8' }, english))).toContain(
    '+ netstat',
  );
});
