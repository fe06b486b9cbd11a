import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../evidence/events.ts';
import { chinese } from '../../texts/language.ts';
import { english } from '../../texts/say.ts';
import { ladderOf } from '../ladder/ladder.ts';
import { storedRun } from '../ladder/stored-run.fixture.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { styleFor, type Style } from '../style.ts';
import { widthOf } from '../wrap.ts';
import { renderLadder } from './ladder-text.ts';
import { LiveLadder } from './live.ts';

const style = (columns: number, locale = 'C.UTF-8'): Style => ({
  ...styleFor({}, { LANG: locale }, english),
  columns,
});
const drawn = (events: readonly LabEvent[], columns = 80, locale?: string): string =>
  `\n${renderLadder(ladderOf(events), style(columns, locale)).join('\n')}\n`;

describe('time-wait', () => {
  const events = storedRun('time-wait');

  test('in 80 columns', () => {
    expect(drawn(events)).toMatchInlineSnapshot(`
      "
            s         server │ 10.25.195.1:6000     10.25.195.2:60420 │ client
        0.766                │ echo-server starts                     │
        0.950                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        0.985                │ bind(3, 10.25.195.1:6000) = 0          │
        0.991         LISTEN │ listen(3, 5) = 0                       │
        0.992                │ accept(3) ...                          │
        0.994                │ prints "accept wait ......"            │
        1.099                │                     echo-client starts │
        1.402                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
        1.407   SYN-RECEIVED │<───────── SYN seq=x mss=1460 ──────────│ SYN-SENT
        1.407                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│ ESTABLISHED
        1.407    ESTABLISHED │<───────── ACK seq=x+1 ack=y+1 ─────────│
        1.411                │ accept(3) = 4 10.25.195.2:60420        │
        1.412                │ recv(4, 127, 0) ...                    │
        1.418                │       connect(3, 10.25.195.1:6000) = 0 │
        1.430                │                        prints "input:" │
        1.444                │ prints "accept c = 4"                  │
               (ESTABLISHED) │── the server closes first ─────────────│ (ESTABLISHED)
        1.522                │ [its wire is held]                     │
        1.522                │                     [its wire is held] │
        1.540                │ [SIGINT to echo-server]                │
        1.553     FIN-WAIT-1 │──── FIN+ACK seq=y+1 ack=x+1 ────┤ held │
        1.559                │ the listening socket is closed         │
        1.560                │ echo-server is ended by SIGINT         │
        1.617                │ [what waits goes out]                  │
        1.628                │─ FIN+ACK seq=y+1 ack=x+1 held 75 ms ──>│ CLOSE-WAIT
        1.628                │ held ┤────── ACK seq=x+1 ack=y+2 ──────│
        1.664                │                  [what waits goes out] │
        1.721     FIN-WAIT-2 │<─── ACK seq=x+1 ack=y+2 held 93 ms ────│
                (FIN-WAIT-2) │── the client closes ───────────────────│ (CLOSE-WAIT)
        1.745                │                           [typed: end] │
        1.752                │ held ┤──── FIN+ACK seq=x+1 ack=y+2 ────│ LAST-ACK
        1.752                │                           close(3) = 0 │
        1.803                │        echo-client ends, exit status 0 │
        1.829                │                  [what waits goes out] │
        1.844      TIME-WAIT │<─ FIN+ACK seq=x+1 ack=y+2 held 92 ms ──│
                             │ (the kernel alone keeps it, 60 s more) │
        1.844                │────── ACK seq=y+2 ack=x+2 ──────┤ held │
                             │────────────────────────────────────────│
        1.913                │ [its wire is free]                     │
        1.913                │                     [its wire is free] │
        1.945                │─── ACK seq=y+2 ack=x+2 held 101 ms ───>│ CLOSED
                 (TIME-WAIT) │── its port is taken ───────────────────│ (CLOSED)
        2.017                │ echo-server starts                     │
        2.229                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        2.231    (TIME-WAIT) │ bind(3, 10.25.195.1:6000) = -1         │
                             │ EADDRINUSE (98)                        │
        2.252                │ prints "bind(3, 10.25.195.1:6000):     │
                             │ EADDRINUSE (98), Address already in    │
                             │ use"                                   │
        2.273                │ echo-server ends, exit status 1        │
        2.295                │ echo-server starts                     │
        2.558                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        2.568                │ setsockopt(3, SOL_SOCKET,              │
                             │ SO_REUSEADDR, 1) = 0                   │
        2.570    (TIME-WAIT) │ bind(3, 10.25.195.1:6000) = -1         │
                             │ EADDRINUSE (98)                        │
        2.579                │ prints "bind(3, 10.25.195.1:6000):     │
                             │ EADDRINUSE (98), Address already in    │
                             │ use"                                   │
        2.590                │ echo-server ends, exit status 1        │
                 (TIME-WAIT) │────────────────────────────────────────│ (CLOSED)
      x = 3908271696, y = 1822421610  (client:60420, server:6000)
      "
    `);
  });

  test('in 120 columns, with the numbers of the wire', () => {
    expect(
      drawn(events, 120)
        .split('\n')
        .filter((line) => /[<>]/.test(line)),
    ).toMatchInlineSnapshot(`
      [
        "  1.407   SYN-RECEIVED │<────────────────────── SYN seq=x mss=1460  (3908271696) ───────────────────────│ SYN-SENT",
        "  1.407                │────────── SYN+ACK seq=y ack=x+1 mss=1460  (1822421610, 3908271697) ───────────>│ ESTABLISHED",
        "  1.407    ESTABLISHED │<──────────────── ACK seq=x+1 ack=y+1  (3908271697, 1822421611) ────────────────│",
        "  1.628                │──────── FIN+ACK seq=y+1 ack=x+1 held 75 ms  (1822421611, 3908271697) ─────────>│ CLOSE-WAIT",
        "  1.721     FIN-WAIT-2 │<────────── ACK seq=x+1 ack=y+2 held 93 ms  (3908271697, 1822421612) ───────────│",
        "  1.844      TIME-WAIT │<──────── FIN+ACK seq=x+1 ack=y+2 held 92 ms  (3908271697, 1822421612) ─────────│",
        "  1.945                │────────── ACK seq=y+2 ack=x+2 held 101 ms  (1822421612, 3908271698) ──────────>│ CLOSED",
      ]
    `);
  });

  test('in ASCII where the locale has no more', () => {
    expect(drawn(events, 80, 'C')).toMatch(/^[\n\x20-\x7e]+$/);
  });
});

test('lost, sent again, forged, and a long wait', () => {
  expect(drawn(storedRun('lost-last-ack'))).toMatchInlineSnapshot(`
    "
          s         server │                                        │ client
                           │── the FIN comes again, and TIME-WAIT ──│
                           │── is there ────────────────────────────│
      0.441                │ socket-shell starts                    │
      0.625                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      0.639                │ bind(3, 10.32.17.1:6000) = 0           │
      0.663         LISTEN │ listen(3, 5) = 0                       │
      0.685                │                    socket-shell starts │
      0.750                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
                  (LISTEN) │ port 6000                   port 42286 │
      0.758   SYN-RECEIVED │<───────── SYN seq=x mss=1460 ──────────│ SYN-SENT
      0.758                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│ ESTABLISHED
      0.758    ESTABLISHED │<───────── ACK seq=x+1 ack=y+1 ─────────│
      0.758                │        connect(3, 10.32.17.1:6000) = 0 │
      0.786                │ accept(3) = 4 10.32.17.2:42286         │
      0.789     CLOSE-WAIT │<─────── FIN+ACK seq=x+1 ack=y+1 ───────│ FIN-WAIT-1
      0.790                │                           close(3) = 0 │
      0.791                │───────── ACK seq=y+1 ack=x+2 ─────────>│ FIN-WAIT-2
      0.792                │ recv(4, 127, 0) = 0 ""                 │
      0.793                │ the listening socket is closed         │
      0.793                │ close(3) = 0                           │
      0.809                │ [its wire is held]                     │
      0.820       LAST-ACK │──── FIN+ACK seq=y+1 ack=x+2 ────┤ held │
      0.821                │ shutdown(4, SHUT_WR) = 0               │
      0.824                │ [every ACK that comes is lost]         │
      0.870                │ [what waits goes out]                  │
      0.899                │─ FIN+ACK seq=y+1 ack=x+2 held 79 ms ──>│ TIME-WAIT
                           │ (the kernel alone keeps it, 59 s more) │
      0.899                │ lost x────── ACK seq=x+2 ack=y+2 ──────│
      0.953                │ [nothing is lost any more]             │
                           │             ... 4.33 s ...             │
      5.280                │ [its wire is free]                     │
      5.283                │──── FIN+ACK seq=y+1 ack=x+2 again ────>│
                           │ (held)                                 │
      5.283         CLOSED │<───────── ACK seq=x+2 ack=y+2 ─────────│
      5.302                │ getsockopt(4, SOL_SOCKET, SO_ERROR) =  │
                           │ 0 [0]                                  │
      5.306                │ close(4) = 0                           │
                  (CLOSED) │── the FIN comes again, and TIME-WAIT ──│ (TIME-WAIT)
                           │── is not ──────────────────────────────│
      5.312                │ socket-shell starts                    │
      5.412                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      5.418                │ bind(3, 10.32.17.1:6000) = 0           │
      5.421         LISTEN │ listen(3, 5) = 0                       │
      5.429                │                    socket-shell starts │
      5.504                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
                  (LISTEN) │ port 6000                   port 50948 │
      5.508   SYN-RECEIVED │<───────── SYN seq=x mss=1460 ──────────│ SYN-SENT
      5.509                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│ ESTABLISHED
      5.509    ESTABLISHED │<───────── ACK seq=x+1 ack=y+1 ─────────│
      5.509                │        connect(3, 10.32.17.1:6000) = 0 │
      5.532                │ accept(3) = 4 10.32.17.2:50948         │
      5.538     CLOSE-WAIT │<─────── FIN+ACK seq=x+1 ack=y+1 ───────│ FIN-WAIT-1
      5.538                │                           close(3) = 0 │
      5.539                │───────── ACK seq=y+1 ack=x+2 ─────────>│ FIN-WAIT-2
      5.550                │ recv(4, 127, 0) = 0 ""                 │
      5.555                │ the listening socket is closed         │
      5.555                │ close(3) = 0                           │
      5.592                │ [its wire is held]                     │
      5.614       LAST-ACK │──── FIN+ACK seq=y+1 ack=x+2 ────┤ held │
      5.615                │ shutdown(4, SHUT_WR) = 0               │
      5.617                │ [every ACK that comes is lost]         │
      5.652                │ [what waits goes out]                  │
      5.658                │─ FIN+ACK seq=y+1 ack=x+2 held 44 ms ──>│ TIME-WAIT
                           │ (the kernel alone keeps it, 59 s more) │
      5.658                │ lost x────── ACK seq=x+2 ack=y+2 ──────│
      5.689                │ [nothing is lost any more]             │
      5.740                │───────── RST seq=y+2 forged ──────────>│ CLOSED
      5.820                │ [its wire is free]                     │
      5.830                │──── FIN+ACK seq=y+1 ack=x+2 again ────>│
                           │ (held)                                 │
      5.830         CLOSED │<───────────── RST seq=x+2 ─────────────│
      5.854                │ getsockopt(4, SOL_SOCKET, SO_ERROR) =  │
                           │ 0 [104]                                │
                  (CLOSED) │────────────────────────────────────────│ (CLOSED)
    x = 2034878116, y = 1540918084  (client:42286, server:6000)
    x = 2594087943, y = 2801085067  (client:50948, server:6000)
    "
  `);
});

test('a connection to itself never leaves its lane', () => {
  expect(drawn(storedRun('self-connect'))).toMatchInlineSnapshot(`
    "
          s         server │ 10.27.22.1:7000        10.27.22.1:7000 │ client
      0.676                │ socket-shell starts                    │
      0.826                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      0.833                │ bind(3, 10.27.22.1:7000) = 0           │
      0.842       SYN-SENT │──. SYN seq=y mss=65495                 │
              SYN-RECEIVED │<─'                                     │
      0.842                │──. SYN+ACK seq=y ack=y+1 mss=65495     │
               ESTABLISHED │<─'                                     │
      0.842                │──. ACK seq=y+1 ack=y+1                 │
                           │<─'                                     │
      0.844                │ connect(3, 10.27.22.1:7000) = 0        │
             (ESTABLISHED) │── it hears itself ─────────────────────│
      0.859                │ getpeername(3) = 0 10.27.22.1:7000     │
      0.880                │──. PSH+ACK seq=y+1 ack=y+1 len=5       │
                           │<─'                                     │
      0.880                │──. ACK seq=y+6 ack=y+6                 │
                           │<─'                                     │
      0.880                │ send(3, "hello", 5, MSG_NOSIGNAL) = 5  │
      0.884                │ recv(3, 127, 0) = 5 "hello"            │
             (ESTABLISHED) │── it closes with itself ───────────────│
      0.905     FIN-WAIT-1 │──. FIN+ACK seq=y+6 ack=y+6             │
                   CLOSING │<─'                                     │
                 TIME-WAIT │                                        │
                           │ (the kernel alone keeps it, 59 s more) │
      0.905                │──. ACK seq=y+7 ack=y+7                 │
                           │<─'                                     │
      0.905                │ shutdown(3, SHUT_WR) = 0               │
      0.933                │ recv(3, 127, 0) = 0 ""                 │
               (TIME-WAIT) │────────────────────────────────────────│
    y = 3324453005  (client:7000, server:7000)
    "
  `);
});

test('several connections by turns', () => {
  expect(drawn(storedRun('syn-timeout'))).toMatchInlineSnapshot(`
    "
          s         server │                                        │ client
      0.293                │ echo-server starts                     │
      0.423                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      0.434                │ bind(3, 10.24.221.1:6000) = 0          │
      0.434         LISTEN │ listen(3, 5) = 0                       │
      0.435                │ prints "accept wait ......"            │
      0.438                │ accept(3) ...                          │
      0.469                │ [every SYN that comes is lost]         │
      0.505                │         [every SYN that comes is lost] │
      0.569                │                     echo-client starts │
      0.589                │ echo-client starts                     │
      0.776                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      0.778                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
      0.783                │       connect(3, 10.24.221.1:6000) ... │
                  (LISTEN) │ port 6000                   port 35094 │
      0.784                │ lost x────── SYN seq=x mss=1460 ───────│ SYN-SENT
      0.784                │ connect(3, 10.24.221.2:7000) ...       │
                           │ port 55070                   port 7000 │
      0.785       SYN-SENT │────── SYN seq=y mss=1460 ───────x lost │
                (SYN-SENT) │── a third closes its socket at once ───│
      1.062                │                    socket-shell starts │
      1.220                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
      1.237                │      fcntl(3, F_SETFL, O_NONBLOCK) = 0 │
                  (LISTEN) │ port 6000                   port 35110 │
      1.246                │ lost x────── SYN seq=x mss=1460 ───────│ SYN-SENT
      1.246                │      connect(3, 10.24.221.1:6000) = -1 │ (SYN-SENT)
                           │                      EINPROGRESS (115) │
      1.289                │                           close(3) = 0 │ CLOSED
                  (LISTEN) │── the client gives up ─────────────────│ (CLOSED)
      1.793      port 6000 │ lost x──────── SYN seq=x again ────────│ port 35094
      1.793     port 55070 │──────── SYN seq=y again ────────x lost │ port 7000
      2.817      port 6000 │ lost x──────── SYN seq=x again ────────│ port 35094
      2.817     port 55070 │──────── SYN seq=y again ────────x lost │ port 7000
      3.841                │──────── SYN seq=y again ────────x lost │
      3.841      port 6000 │ lost x──────── SYN seq=x again ────────│ port 35094
      4.865     port 55070 │──────── SYN seq=y again ────────x lost │ port 7000
      4.865      port 6000 │ lost x──────── SYN seq=x again ────────│ port 35094
      5.889     port 55070 │──────── SYN seq=y again ────────x lost │ port 7000
      5.893      port 6000 │ lost x──────── SYN seq=x again ────────│ port 35094
                           │             ... 2.01 s ...             │
      7.905                │                                        │ CLOSED
      7.905     port 55070 │──────── SYN seq=y again ────────x lost │ port 7000
      7.907                │      connect(3, 10.24.221.1:6000) = -1 │
                           │                        ETIMEDOUT (110) │
      7.912                │  prints "connect(3, 10.24.221.1:6000): │
                           │ ETIMEDOUT (110), Connection timed out" │
      7.918                │        echo-client ends, exit status 1 │
                (SYN-SENT) │────────────────────────────────────────│
    x = 3766542783  (client:35094, server:6000)
    y = 664306291  (client:7000, server:55070)
    x = 3475969948  (client:35110, server:6000)
    "
  `);
});

test('segments that cross', () => {
  const fin = { flags: 'F.', seq: 101, ack: 901 };
  const run = new SampleRun()
    .segment('client', fin, { client: 10, server: 40 })
    .segment('server', { flags: 'F.', seq: 901, ack: 101 }, { server: 20, client: 50 })
    .segment('client', { flags: '.', seq: 102, ack: 902 }, { client: 51, server: 52 });
  expect(drawn(run.events)).toMatchInlineSnapshot(`
    "
          s         server │ 10.0.0.1:6000           10.0.0.2:40001 │ client
      0.010                │ ... ───── FIN+ACK seq=101 ack=901 ─────│
      0.020                │───── FIN+ACK seq=901 ack=101 ───── ... │
      0.040                │<──── FIN+ACK seq=101 ack=901 ───── ... │
      0.050                │ ... ──── FIN+ACK seq=901 ack=101 ─────>│
      0.051                │<───────── ACK seq=102 ack=902 ─────────│
    "
  `);
});

test('what a program does again and again is shortened', () => {
  const run = new SampleRun();
  for (let i = 0; i < 100; i++) {
    run.add(i, { type: 'output', host: 'server', program: 1, stream: 'stdout', line: `${i}` });
  }
  expect(drawn(run.events)).toMatchInlineSnapshot(`
    "
          s         server │                                        │ client
      0.000                │ prints "0"                             │
      0.001                │ prints "1"                             │
      0.002                │ prints "2"                             │
      0.003                │ prints "3"                             │
      0.004                │ prints "4"                             │
                           │         ... 90 lines more ...          │
      0.095                │ prints "95"                            │
      0.096                │ prints "96"                            │
      0.097                │ prints "97"                            │
      0.098                │ prints "98"                            │
      0.099                │ prints "99"                            │
    "
  `);
});

test('nothing is drawn of a run in which nothing was sent or called', () => {
  const run = new SampleRun().begin().step(1, 2, 'a step', () => undefined);
  expect(renderLadder(ladderOf(run.events), style(80))).toEqual([]);
});

test.each([66, 80, 100, 120, 200])('no line is longer than %i columns', (columns) => {
  for (const lab of ['time-wait', 'lost-last-ack', 'self-connect', 'syn-timeout']) {
    for (const line of drawn(storedRun(lab), columns).split('\n')) {
      expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }
  }
});

test.each(['time-wait', 'lost-last-ack', 'self-connect', 'syn-timeout'])(
  'lanes of %s stay straight in Chinese',
  (lab) => {
    const ladder = ladderOf(storedRun(lab));
    const lines = renderLadder(ladder, style(80), chinese).filter((line) => line.includes('│'));
    const lanes = (line: string): number[] => {
      const parts = line.split('│');
      return [widthOf(parts[0] ?? ''), widthOf(parts.slice(0, -1).join('│'))];
    };
    expect(new Set(lines.map((line) => lanes(line).join(' '))).size).toBe(1);
  },
);

test('a long text has four lines at most, and stays in its place', () => {
  const run = new SampleRun();
  const line = `${'word '.repeat(60)}${'x'.repeat(300)}`;
  run.add(1, { type: 'output', host: 'client', program: 1, stream: 'stdout', line });
  expect(drawn(run.events).trimEnd().split('\n').slice(2)).toHaveLength(4);
  for (const one of drawn(run.events).split('\n')) expect(one.length).toBeLessThanOrEqual(80);
});

describe('while the run goes on', () => {
  const lines = (events: readonly LabEvent[], every: number): string[] => {
    const ladder = new LiveLadder(style(80), english);
    const out: string[] = [];
    events.forEach((event, i) => {
      ladder.add(event);
      if (i % every === every - 1) out.push(...ladder.grown());
    });
    return [...out, ...ladder.ended()];
  };
  const arrows = (all: readonly string[]): string[] => all.filter((line) => /[<>]/.test(line));

  test('every segment is drawn once, as it is afterwards', () => {
    const events = storedRun('time-wait');
    const whole = arrows(drawn(events).split('\n'));
    expect(arrows(lines(events, 5))).toEqual(whole);
    expect(arrows(lines(events, 1000))).toEqual(whole);
  });

  test('what is not certain yet waits, and nothing is drawn twice', () => {
    const ladder = new LiveLadder(style(80), english);
    const run = new SampleRun().segment(
      'client',
      { flags: 'S', seq: 1 },
      { client: 10, server: 11 },
    );
    for (const event of run.events) ladder.add(event);
    expect(ladder.grown()).toEqual([]);
    ladder.add({ seq: 9, t: 500e6, type: 'note', text: '' });
    expect(arrows(ladder.grown())).toHaveLength(1);
    expect(ladder.grown()).toEqual([]);
    expect(arrows(ladder.ended())).toHaveLength(0);
  });
});
