import { expect, test } from 'vitest';
import { coverageOf } from '../../catalogue/coverage.ts';
import { coverageAsJson } from '../machine/coverage-json.ts';
import { told } from '../../told.ts';
import { renderCoverage } from './coverage-text.ts';
import { english } from '../../texts/say.ts';
import { styleFor } from './style.ts';

const shows = (lab: string, name: string, slow?: true) => ({
  name,
  lab,
  ...(slow && { slow }),
  witnesses: ['ss' as const],
});
const covered = coverageOf([
  {
    lab: 'handshake',
    states: new Set(['CLOSED', 'LISTEN']),
    edges: [shows('handshake', 'CLOSED -> LISTEN'), shows('handshake', 'LISTEN -> SYN-SENT')],
  },
  {
    lab: 'time-wait',
    states: new Set(['CLOSED', 'TIME-WAIT']),
    edges: [
      shows('time-wait', 'TIME-WAIT -> CLOSED', true),
      shows('time-wait', 'TIME-WAIT -> SYN-RECEIVED (rcv SYN)'),
    ],
  },
]);

test('states and edges, each with its labs, and what is missing', () => {
  const style = { ...styleFor({}, { LANG: 'C.UTF-8' }, english), columns: 80 };
  expect(`\n${renderCoverage(covered, told('the labs show'), style).join('\n')}\n`)
    .toMatchInlineSnapshot(`
    "
    What the labs show of the state diagram of RFC 9293, 3.3.2.

    states seen by ss: 3 of 11
    ✓ CLOSED
        handshake, time-wait
    ✓ LISTEN
        handshake
    ✗ SYN-SENT
        no lab
    ✗ SYN-RECEIVED
        no lab
    ✗ ESTABLISHED
        no lab
    ✗ FIN-WAIT-1
        no lab
    ✗ FIN-WAIT-2
        no lab
    ✗ CLOSE-WAIT
        no lab
    ✗ CLOSING
        no lab
    ✗ LAST-ACK
        no lab
    ✓ TIME-WAIT
        time-wait

    edges of Figure 5 and its notes 1 and 2: 2 of 20
    ✓ CLOSED -> LISTEN             passive OPEN / create TCB          ss
        handshake
    ✗ CLOSED -> SYN-SENT           active OPEN / create TCB, snd SYN
        no lab
    ✗ LISTEN -> CLOSED             CLOSE / delete TCB
        no lab
    ✗ LISTEN -> SYN-RECEIVED       rcv SYN / snd SYN,ACK
        no lab
    ✗ SYN-SENT -> CLOSED           CLOSE / delete TCB
        no lab
    ✗ SYN-SENT -> SYN-RECEIVED     rcv SYN / snd SYN,ACK
        no lab
    ✗ SYN-SENT -> ESTABLISHED      rcv SYN,ACK / snd ACK
        no lab
    ✗ SYN-RECEIVED -> LISTEN       rcv RST
        no lab
    ✗ SYN-RECEIVED -> ESTABLISHED  rcv ACK of SYN
        no lab
    ✗ SYN-RECEIVED -> FIN-WAIT-1   CLOSE / snd FIN
        no lab
    ✗ ESTABLISHED -> FIN-WAIT-1    CLOSE / snd FIN
        no lab
    ✗ ESTABLISHED -> CLOSE-WAIT    rcv FIN / snd ACK
        no lab
    ✗ FIN-WAIT-1 -> FIN-WAIT-2     rcv ACK of FIN
        no lab
    ✗ FIN-WAIT-1 -> CLOSING        rcv FIN / snd ACK
        no lab
    ✗ FIN-WAIT-2 -> TIME-WAIT      rcv FIN / snd ACK
        no lab
    ✗ CLOSING -> TIME-WAIT         rcv ACK of FIN
        no lab
    ✗ CLOSE-WAIT -> LAST-ACK       CLOSE / snd FIN
        no lab
    ✗ LAST-ACK -> CLOSED           rcv ACK of FIN
        no lab
    ✓ TIME-WAIT -> CLOSED          Timeout=2MSL / delete TCB          ss
        time-wait --slow
    ✗ FIN-WAIT-1 -> TIME-WAIT      rcv FIN, ACK of FIN / snd ACK
        no lab

    edges of note 3, a RST received in any state: 0 of 9
    ✗ SYN-SENT -> CLOSED      rcv RST
        no lab
    ✗ SYN-RECEIVED -> CLOSED  rcv RST
        no lab
    ✗ ESTABLISHED -> CLOSED   rcv RST
        no lab
    ✗ FIN-WAIT-1 -> CLOSED    rcv RST
        no lab
    ✗ FIN-WAIT-2 -> CLOSED    rcv RST
        no lab
    ✗ CLOSE-WAIT -> CLOSED    rcv RST
        no lab
    ✗ CLOSING -> CLOSED       rcv RST
        no lab
    ✗ LAST-ACK -> CLOSED      rcv RST
        no lab
    ✗ TIME-WAIT -> CLOSED     rcv RST
        no lab

    edges that Linux does not have, shown to be missing: 1 of 8
    ✓ LISTEN -> SYN-SENT         SEND / snd SYN  ss
        Linux: connect() fails with EISCONN and send() with EPIPE: the socket must
               leave LISTEN first
        handshake
    ✗ SYN-RECEIVED -> TIME-WAIT  snd RST
        Linux: goes to CLOSED
        no lab
    ✗ ESTABLISHED -> TIME-WAIT   snd RST
        Linux: goes to CLOSED
        no lab
    ✗ FIN-WAIT-1 -> TIME-WAIT    snd RST
        Linux: goes to CLOSED
        no lab
    ✗ FIN-WAIT-2 -> TIME-WAIT    snd RST
        Linux: goes to CLOSED
        no lab
    ✗ CLOSE-WAIT -> TIME-WAIT    snd RST
        Linux: goes to CLOSED
        no lab
    ✗ CLOSING -> TIME-WAIT       snd RST
        Linux: an abort sends no RST and goes to CLOSED
        no lab
    ✗ LAST-ACK -> TIME-WAIT      snd RST
        Linux: an abort sends no RST and goes to CLOSED
        no lab

    beyond the figure: 1 more that Linux has
    ✓ TIME-WAIT -> SYN-RECEIVED  rcv SYN  ss
        time-wait

    ✗ not shown: SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, CLOSED -> SYN-SENT, LISTEN -> CLOSED, LISTEN -> SYN-RECEIVED, SYN-SENT -> CLOSED, SYN-SENT -> SYN-RECEIVED, SYN-SENT -> ESTABLISHED, SYN-RECEIVED -> LISTEN, SYN-RECEIVED -> ESTABLISHED, SYN-RECEIVED -> FIN-WAIT-1, ESTABLISHED -> FIN-WAIT-1, ESTABLISHED -> CLOSE-WAIT, FIN-WAIT-1 -> FIN-WAIT-2, FIN-WAIT-1 -> CLOSING, FIN-WAIT-2 -> TIME-WAIT, CLOSING -> TIME-WAIT, CLOSE-WAIT -> LAST-ACK, LAST-ACK -> CLOSED, FIN-WAIT-1 -> TIME-WAIT, SYN-RECEIVED -> TIME-WAIT (snd RST), ESTABLISHED -> TIME-WAIT (snd RST), FIN-WAIT-1 -> TIME-WAIT (snd RST), FIN-WAIT-2 -> TIME-WAIT (snd RST), CLOSE-WAIT -> TIME-WAIT (snd RST), CLOSING -> TIME-WAIT (snd RST), LAST-ACK -> TIME-WAIT (snd RST), SYN-SENT -> CLOSED (rcv RST), SYN-RECEIVED -> CLOSED (rcv RST), ESTABLISHED -> CLOSED (rcv RST), FIN-WAIT-1 -> CLOSED (rcv RST), FIN-WAIT-2 -> CLOSED (rcv RST), CLOSE-WAIT -> CLOSED (rcv RST), CLOSING -> CLOSED (rcv RST), LAST-ACK -> CLOSED (rcv RST), TIME-WAIT -> CLOSED (rcv RST)
    "
  `);
});

test('nothing missing is said in a line', () => {
  const style = { ...styleFor({}, { LANG: 'C.UTF-8' }, english), columns: 80 };
  const lines = renderCoverage({ ...covered, missing: [] }, told('the labs show'), style);
  expect(lines.at(-1)).toBe('✓ all states, all edges');
});

test('for machines', () => {
  const { states, edges, beyond } = coverageAsJson(covered) as Record<string, unknown>;
  expect(states).toMatchObject({ CLOSED: ['handshake', 'time-wait'], CLOSING: [] });
  expect(edges).toContainEqual({
    name: 'TIME-WAIT -> CLOSED',
    from: 'TIME-WAIT',
    to: 'CLOSED',
    when: 'Timeout=2MSL / delete TCB',
    note: null,
    labs: [{ lab: 'time-wait', slow: true }],
    witnesses: ['ss'],
  });
  expect(edges).toContainEqual(
    expect.objectContaining({
      name: 'CLOSING -> TIME-WAIT (snd RST)',
      labs: [],
      linux: {
        does: 'an abort sends no RST and goes to CLOSED',
        instead: 'CLOSING -> CLOSED (CLOSE)',
      },
    }),
  );
  expect(beyond).toMatchObject([{ name: 'TIME-WAIT -> SYN-RECEIVED (rcv SYN)', note: 'Linux' }]);
});
