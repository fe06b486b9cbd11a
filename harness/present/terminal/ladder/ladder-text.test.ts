import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../../evidence/events.ts';
import { chinese } from '../../../texts/language.ts';
import { english } from '../../../texts/say.ts';
import { ladderOf } from '../../ladder/ladder.ts';
import { storedRun } from '../../ladder/stored-run.fixture.ts';
import { queueRun } from '../../page/run.fixture.ts';
import { SampleRun } from '../../sample-run.fixture.ts';
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

test('a SYN that a full accept queue drops does not arrive', () => {
  expect(drawn(queueRun().events)).toMatchInlineSnapshot(`
    "
          s  port         server │ 10.0.0.1:6000           10.0.0.2 │ client
      0.019  7000    ESTABLISHED │                                  │
      0.029  7001    ESTABLISHED │                                  │
      0.040 40000                │ queue full //──── SYN seq=x ─────│
      1.040 40000                │ queue full //─ SYN seq=x again ──│
    port: the client's; //: it gets no further
    x = 100  (client:40000, server:6000)
    "
  `);
});

describe('a ladder of several connections', () => {
  const lines = drawn(storedRun('lost-last-ack')).split('\n');

  test('tells on each line of one whose it is, of calls by their descriptors', () => {
    const own = lines.filter((line) => /[<>]│|│<|recv|close\(4\)|getsockopt/.test(line));
    expect(own.length).toBeGreaterThan(20);
    for (const line of own) expect(line).toMatch(/^ +\d+\.\d{3} (51582|36354) /);
  });

  test('has headings over all lanes, without the states of one of them', () => {
    const headings = lines.filter((line) => line.includes('── the FIN'));
    expect(headings).toHaveLength(2);
    for (const line of headings) expect(line).not.toMatch(/[│(]/);
    expect(lines.join('\n')).not.toContain('at the end');
  });

  test('while it runs, from where the second one comes', () => {
    const live = new LiveLadder(style(80), english);
    for (const event of storedRun('lost-last-ack')) live.add(event);
    const whole = live.ended();
    expect(whole.some((line) => /^ +\d+\.\d{3} 51582 .*SYN seq=x/.test(line))).toBe(true);
    const growing = new LiveLadder(style(80), english);
    const grown = storedRun('lost-last-ack').flatMap((event) => {
      growing.add(event);
      return growing.grown();
    });
    const heads = grown.filter((line) => /^ +s .*server/.test(line));
    expect(heads.map((line) => line.includes('port'))).toEqual([false, true]);
    expect(grown.findIndex((line) => / 36354 /.test(line))).toBeGreaterThan(
      grown.lastIndexOf(heads[1] ?? ''),
    );
  });
});

test('below a ladder its signs are told, and only those that it has', () => {
  const text = (events: readonly LabEvent[]): string => drawn(events).replace(/\s+/g, ' ');
  const held = text(storedRun('time-wait'));
  expect(held).toContain(
    ' (STATE): since before; [...]: done by the lab; (...): of the line above; held: kept back by the lab x = ',
  );
  expect(text(queueRun().events)).toContain(" port: the client's; //: it gets no further x = ");
  const plain = new SampleRun().segment('client', { flags: 'S', seq: 1 }, { client: 1, server: 2 });
  expect(text(plain.events)).toMatch(/│ x = 1 /);
});

test('while the lab runs, neither before it is known', () => {
  const live = new LiveLadder(style(80), english);
  const drawn = queueRun().events.flatMap((event) => {
    live.add(event);
    return live.grown();
  });
  const syns = [...drawn, ...live.ended()].filter((line) => line.includes('SYN seq=x'));
  expect(syns).toEqual([
    expect.stringContaining('40000                │ queue full //──── SYN seq=x ─'),
    expect.stringContaining('40000                │ queue full //─ SYN seq=x again ─'),
  ]);
});

describe('time-wait', () => {
  const events = storedRun('time-wait');

  test('in 80 columns', () => {
    expect(drawn(events)).toMatchInlineSnapshot(`
      "
            s         server │ 10.9.170.1:6000       10.9.170.2:56360 │ client
        1.755                │ echo-server starts                     │
        2.118                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        2.132                │ bind(3, 10.9.170.1:6000) = 0           │
        2.146         LISTEN │ listen(3, 5) = 0                       │
        2.147                │ accept(3) ...                          │
        2.156                │ prints "accept wait ......"            │
        2.761                │                     echo-client starts │
        3.144                │    socket(AF_INET, SOCK_STREAM, 0) = 3 │
        3.161   SYN-RECEIVED │<───────── SYN seq=x mss=1460 ──────────│ SYN-SENT
        3.161                │─── SYN+ACK seq=y ack=x+1 mss=1460 ────>│ ESTABLISHED
        3.161    ESTABLISHED │<───────── ACK seq=x+1 ack=y+1 ─────────│
        3.169                │ accept(3) = 4 10.9.170.2:56360         │
        3.178                │        connect(3, 10.9.170.1:6000) = 0 │
        3.180                │ recv(4, 127, 0) ...                    │
        3.201                │                        prints "input:" │
        3.272                │ prints "accept c = 4"                  │
               (ESTABLISHED) │── the server closes first ─────────────│ (ESTABLISHED)
        3.452                │ [its wire is held]                     │
        3.470                │                     [its wire is held] │
        3.524                │ [SIGINT to echo-server]                │
        3.565     FIN-WAIT-1 │                                        │
        3.565                │ the listening socket is closed         │
        3.572                │ echo-server is ended by SIGINT         │
        3.573                │──── FIN+ACK seq=y+1 ack=x+1 ────┤ held │
        3.825                │ [what waits is let go]                 │
        3.835                │─ FIN+ACK seq=y+1 ack=x+1 held 262 ms ─>│ CLOSE-WAIT
        3.848                │ held ┤────── ACK seq=x+1 ack=y+2 ──────│
        3.976                │                 [what waits is let go] │
        3.977     FIN-WAIT-2 │<─── ACK seq=x+1 ack=y+2 held 130 ms ───│
                (FIN-WAIT-2) │── the client closes ───────────────────│ (CLOSE-WAIT)
        4.158                │                           [typed: end] │
        4.179                │                           close(3) = 0 │ LAST-ACK
        4.194                │ held ┤──── FIN+ACK seq=x+1 ack=y+2 ────│
        4.264                │        echo-client ends, exit status 0 │
        4.368                │                 [what waits is let go] │
        4.411      TIME-WAIT │<─ FIN+ACK seq=x+1 ack=y+2 held 217 ms ─│
                             │ (the kernel keeps it 59 s more)        │
        4.415                │────── ACK seq=y+2 ack=x+2 ──────┤ held │
                             │── then ────────────────────────────────│
        4.646                │ [its wire is free]                     │
        4.648                │─── ACK seq=y+2 ack=x+2 held 233 ms ───>│ CLOSED
        4.659                │                     [its wire is free] │
                 (TIME-WAIT) │── its port is taken ───────────────────│ (CLOSED)
        4.975                │ echo-server starts                     │
        5.475                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        5.482    (TIME-WAIT) │ bind(3, 10.9.170.1:6000) = -1          │
                             │ EADDRINUSE (98)                        │
        5.486                │ prints "bind(3, 10.9.170.1:6000):      │
                             │ EADDRINUSE (98), Address already in    │
                             │ use"                                   │
        5.504                │ echo-server ends, exit status 1        │
        5.603                │ echo-server starts                     │
        6.097                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
        6.104                │ setsockopt(3, SOL_SOCKET,              │
                             │ SO_REUSEADDR, 1) = 0                   │
        6.105    (TIME-WAIT) │ bind(3, 10.9.170.1:6000) = -1          │
                             │ EADDRINUSE (98)                        │
        6.149                │ prints "bind(3, 10.9.170.1:6000):      │
                             │ EADDRINUSE (98), Address already in    │
                             │ use"                                   │
        6.191                │ echo-server ends, exit status 1        │
                 (TIME-WAIT) │── at the end ──────────────────────────│ (CLOSED)
      (STATE): since before; [...]: done by the lab; (...): of the line above; held:
      kept back by the lab
      x = 1622410994, y = 1700640266  (client:56360, server:6000)
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
        "  3.161   SYN-RECEIVED │<────────────────────── SYN seq=x mss=1460  (1622410994) ───────────────────────│ SYN-SENT",
        "  3.161                │────────── SYN+ACK seq=y ack=x+1 mss=1460  (1700640266, 1622410995) ───────────>│ ESTABLISHED",
        "  3.161    ESTABLISHED │<──────────────── ACK seq=x+1 ack=y+1  (1622410995, 1700640267) ────────────────│",
        "  3.835                │──────── FIN+ACK seq=y+1 ack=x+1 held 262 ms  (1700640267, 1622410995) ────────>│ CLOSE-WAIT",
        "  3.977     FIN-WAIT-2 │<────────── ACK seq=x+1 ack=y+2 held 130 ms  (1622410995, 1700640268) ──────────│",
        "  4.411      TIME-WAIT │<──────── FIN+ACK seq=x+1 ack=y+2 held 217 ms  (1622410995, 1700640268) ────────│",
        "  4.648                │────────── ACK seq=y+2 ack=x+2 held 233 ms  (1700640268, 1622410996) ──────────>│ CLOSED",
      ]
    `);
  });

  test('in ASCII where the locale has no more', () => {
    expect(drawn(events, 80, 'C')).toMatch(/^[\n\x20-\x7e]+$/);
  });
});

test('lost, sent again, injected, and a long wait', () => {
  expect(drawn(storedRun('lost-last-ack'))).toMatchInlineSnapshot(`
    "
          s  port         server │ 10.6.222.1:6000       10.6.222.2 │ client
                  ── the FIN comes again, and TIME-WAIT is there ───────────────────
      1.954                      │ socket-shell starts              │
      2.558                      │ socket(AF_INET, SOCK_STREAM, 0)  │
                                 │ = 3                              │
      2.600                      │ bind(3, 10.6.222.1:6000) = 0     │
      2.610               LISTEN │ listen(3, 5) = 0                 │
      2.671                      │              socket-shell starts │
      3.155                      │  socket(AF_INET, SOCK_STREAM, 0) │
                                 │                              = 3 │
      3.194 51582   SYN-RECEIVED │<─────────── SYN seq=x ───────────│ SYN-SENT
      3.194 51582                │───── SYN+ACK seq=y ack=x+1 ─────>│ ESTABLISHED
      3.194 51582    ESTABLISHED │<────── ACK seq=x+1 ack=y+1 ──────│
      3.196 51582                │  connect(3, 10.6.222.1:6000) = 0 │
      3.401 51582                │ accept(3) = 4 10.6.222.2:51582   │
      3.540 51582     CLOSE-WAIT │<──── FIN+ACK seq=x+1 ack=y+1 ────│ FIN-WAIT-1
      3.541 51582                │                     close(3) = 0 │
      3.543 51582                │────── ACK seq=y+1 ack=x+2 ──────>│ FIN-WAIT-2
      3.561 51582                │ recv(4, 127, 0) = 0 ""           │
      3.568                      │ the listening socket is closed   │
      3.568                      │ close(3) = 0                     │
      4.139                      │ [its wire is held]               │
      4.331 51582       LAST-ACK │                                  │
      4.360 51582                │ shutdown(4, SHUT_WR) = 0         │
      4.408 51582                │─ FIN+ACK seq=y+1 ack=x+2 ─┤ held │
      4.410                      │ [every ACK that comes is lost]   │
      4.441                      │ [what waits is let go]           │
      4.449 51582                │──── FIN+ACK seq=y+1 ack=x+2 ────>│ TIME-WAIT
                                 │ (held 40 ms)                     │
                                 │  (the kernel keeps it 59 s more) │
      4.449 51582                │ lost //── ACK seq=x+2 ack=y+2 ───│
      4.544 51582                │─ FIN+ACK seq=y+1 ack=x+2 ─┤ held │
                                 │ (again)                          │
      5.116                      │ [nothing is lost any more]       │
                                 │          ... 4.93 s ...          │
     10.050                      │ [its wire is free]               │
     10.052 51582                │──── FIN+ACK seq=y+1 ack=x+2 ────>│
                                 │ (again, held 5.5 s)              │
     10.052 51582                │<────── ACK seq=x+2 ack=y+2 ──────│
     10.115 51582                │─ FIN+ACK seq=y+1 ack=x+2 again ─>│
     10.115 51582                │<────── ACK seq=x+2 ack=y+2 ──────│
     10.761 51582         CLOSED │                                  │
     11.962 51582                │ getsockopt(4, SOL_SOCKET,        │
                                 │ SO_ERROR) = 0 [0]                │
     12.005 51582                │ close(4) = 0                     │
                  ── the FIN comes again, and TIME-WAIT is not ─────────────────────
     12.080                      │ socket-shell starts              │
     12.506                      │ socket(AF_INET, SOCK_STREAM, 0)  │
                                 │ = 3                              │
     12.533                      │ bind(3, 10.6.222.1:6000) = 0     │
     12.544               LISTEN │ listen(3, 5) = 0                 │
     12.611                      │              socket-shell starts │
     13.030                      │  socket(AF_INET, SOCK_STREAM, 0) │
                                 │                              = 3 │
     13.049 36354   SYN-RECEIVED │<─────────── SYN seq=x ───────────│ SYN-SENT
     13.051 36354                │───── SYN+ACK seq=y ack=x+1 ─────>│ ESTABLISHED
     13.051 36354    ESTABLISHED │<────── ACK seq=x+1 ack=y+1 ──────│
     13.052 36354                │  connect(3, 10.6.222.1:6000) = 0 │
     13.308 36354                │ accept(3) = 4 10.6.222.2:36354   │
     13.329 36354     CLOSE-WAIT │<──── FIN+ACK seq=x+1 ack=y+1 ────│ FIN-WAIT-1
     13.329 36354                │                     close(3) = 0 │
     13.341 36354                │────── ACK seq=y+1 ack=x+2 ──────>│ FIN-WAIT-2
     13.346 36354                │ recv(4, 127, 0) = 0 ""           │
     13.348                      │ the listening socket is closed   │
     13.350                      │ close(3) = 0                     │
     13.555                      │ [its wire is held]               │
     13.581 36354       LAST-ACK │ shutdown(4, SHUT_WR) = 0         │
     13.582 36354                │─ FIN+ACK seq=y+1 ack=x+2 ─┤ held │
     13.583                      │ [every ACK that comes is lost]   │
     13.586                      │ [what waits is let go]           │
     13.596 36354                │──── FIN+ACK seq=y+1 ack=x+2 ────>│ TIME-WAIT
                                 │ (held 14 ms)                     │
                                 │  (the kernel keeps it 59 s more) │
     13.596 36354                │ lost //── ACK seq=x+2 ack=y+2 ───│
     13.811 36354                │─ FIN+ACK seq=y+1 ack=x+2 ─┤ held │
                                 │ (again)                          │
     13.877                      │ [nothing is lost any more]       │
     14.075 36354                │───── RST seq=y+2 injected ──────>│ CLOSED
     14.413                      │ [its wire is free]               │
     14.414 36354                │──── FIN+ACK seq=y+1 ack=x+2 ────>│
                                 │ (again, held 603 ms)             │
     14.414 36354         CLOSED │<────────── RST seq=x+2 ──────────│
     14.414 36354                │─ FIN+ACK seq=y+1 ack=x+2 again ─>│
     14.414 36354                │<─────── RST seq=x+2 again ───────│
     14.542 36354                │ getsockopt(4, SOL_SOCKET,        │
                                 │ SO_ERROR) = 0 [104]              │
    port: the client's; [...]: done by the lab; (...): of the line above; held: kept
    back by the lab; //: it gets no further
    x = 3888965780, y = 296691886  (client:51582, server:6000)
    x = 2557076466, y = 1896579  (client:36354, server:6000)
    "
  `);
});

test('a connection to itself never leaves its lane', () => {
  expect(drawn(storedRun('self-connect'))).toMatchInlineSnapshot(`
    "
          s         server │ 10.18.82.1:7000        10.18.82.1:7000 │ client
      2.037                │ socket-shell starts                    │
      2.660                │ socket(AF_INET, SOCK_STREAM, 0) = 3    │
      2.686                │ bind(3, 10.18.82.1:7000) = 0           │
      2.712       SYN-SENT │──. SYN seq=y mss=65495                 │
              SYN-RECEIVED │<─'                                     │
      2.712                │──. SYN+ACK seq=y ack=y+1 mss=65495     │
               ESTABLISHED │<─'                                     │
      2.712                │──. ACK seq=y+1 ack=y+1                 │
                           │<─'                                     │
      2.714                │ connect(3, 10.18.82.1:7000) = 0        │
             (ESTABLISHED) │── it hears itself ─────────────────────│
      2.990                │ getpeername(3) = 0 10.18.82.1:7000     │
      3.028                │──. PSH+ACK seq=y+1 ack=y+1 len=5       │
                           │<─'                                     │
      3.028                │──. ACK seq=y+6 ack=y+6                 │
                           │<─'                                     │
      3.028                │ send(3, "hello", 5, MSG_NOSIGNAL) = 5  │
      3.051                │ recv(3, 127, 0) = 5 "hello"            │
             (ESTABLISHED) │── it closes with itself ───────────────│
      3.292     FIN-WAIT-1 │──. FIN+ACK seq=y+6 ack=y+6             │
                   CLOSING │<─'                                     │
                 TIME-WAIT │                                        │
                           │ (the kernel keeps it 59 s more)        │
      3.292                │──. ACK seq=y+7 ack=y+7                 │
                           │<─'                                     │
      3.292                │ shutdown(3, SHUT_WR) = 0               │
      3.437                │ recv(3, 127, 0) = 0 ""                 │
               (TIME-WAIT) │── at the end ──────────────────────────│
    (STATE): since before; (...): of the line above
    y = 105306754  (client:7000, server:7000)
    "
  `);
});

test('several connections by turns', () => {
  expect(drawn(storedRun('syn-timeout'))).toMatchInlineSnapshot(`
    "
          s  port         server │ 10.18.82.1            10.18.82.2 │ client
      3.669                      │ echo-server starts               │
                                 │          ... 2.55 s ...          │
      6.215                      │ socket(AF_INET, SOCK_STREAM, 0)  │
                                 │ = 3                              │
      6.271                      │ bind(3, 10.18.82.1:6000) = 0     │
      6.271               LISTEN │ listen(3, 5) = 0                 │
      6.291                      │ prints "accept wait ......"      │
      6.294                      │ accept(3) ...                    │
      6.765                      │ [every SYN that comes is lost]   │
      7.055                      │   [every SYN that comes is lost] │
      8.037                      │               echo-client starts │
      8.350                      │ echo-client starts               │
      9.412                      │  socket(AF_INET, SOCK_STREAM, 0) │
                                 │                              = 3 │
      9.478 34526       (LISTEN) │  connect(3, 10.18.82.1:6000) ... │
      9.479 34526                │ lost //─────── SYN seq=x ────────│ SYN-SENT
      9.849                      │ socket(AF_INET, SOCK_STREAM, 0)  │
                                 │ = 3                              │
      9.905  7000                │ connect(3, 10.18.82.2:7000) ...  │
      9.905  7000       SYN-SENT │─────── SYN seq=y ────────// lost │
     10.498 34526                │ lost //──── SYN seq=x again ─────│
     10.914  7000                │──── SYN seq=y again ─────// lost │
     11.522 34526                │ lost //──── SYN seq=x again ─────│
                  ── a third closes its socket at once ─────────────────────────────
     11.938  7000     (SYN-SENT) │──── SYN seq=y again ─────// lost │
     12.546 34526       (LISTEN) │ lost //──── SYN seq=x again ─────│ (SYN-SENT)
     12.962  7000                │──── SYN seq=y again ─────// lost │
     13.365                      │              socket-shell starts │
     13.570 34526                │ lost //──── SYN seq=x again ─────│
     13.986  7000                │──── SYN seq=y again ─────// lost │
     14.594 34526                │ lost //──── SYN seq=x again ─────│
     15.010  7000                │──── SYN seq=y again ─────// lost │
     15.719                      │  socket(AF_INET, SOCK_STREAM, 0) │
                                 │                              = 3 │
     16.194                      │  fcntl(3, F_SETFL, O_NONBLOCK) = │
                                 │                                0 │
     16.519 55744       (LISTEN) │  connect(3, 10.18.82.1:6000) ... │
     16.581 55744                │ lost //─────── SYN seq=x ────────│ SYN-SENT
     16.582 55744                │ connect(3, 10.18.82.1:6000) = -1 │
                                 │                EINPROGRESS (115) │
     16.612 34526                │ connect(3, 10.18.82.1:6000) = -1 │ CLOSED
                                 │                  ETIMEDOUT (110) │
     16.809                      │               prints "connect(3, │
                                 │      10.18.82.1:6000): ETIMEDOUT │
                                 │     (110), Connection timed out" │
     17.026  7000                │──── SYN seq=y again ─────// lost │
     17.602 55744                │ lost //──── SYN seq=x again ─────│
     18.077                      │  echo-client ends, exit status 1 │
     18.630 55744                │ lost //──── SYN seq=x again ─────│
     19.033 55744                │                                  │ CLOSED
     19.154 55744                │                     close(3) = 0 │
                                 │          ... 1.86 s ...          │
                  ── what it has shown of the state diagram ────────────────────────
     21.058  7000     (SYN-SENT) │──── SYN seq=y again ─────// lost │
    port: the client's; (STATE): since before; [...]: done by the lab; //: it gets
    no further
    x = 4167218393  (client:34526, server:6000)
    y = 3984023113  (client:7000, server:45116)
    x = 3228837549  (client:55744, server:6000)
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
                           │         ... 90 more lines ...          │
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
    const lines = renderLadder(ladder, { ...style(80), t: chinese }).filter((line) =>
      line.includes('│'),
    );
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
