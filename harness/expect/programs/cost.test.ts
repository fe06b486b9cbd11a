import { expect, test } from 'vitest';
import type { Body, LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import { parseSs } from '../../tcp/tables/ss.ts';
import { ends, failsWith, prints, ready, shellResult, type ProgramRef } from './programs.ts';

const SERVER: ProgramRef = { host: 'server', program: 1, name: 'echo-server' };
const { host, program, name } = SERVER;

/** A program that prints, looked at now and then. */
function* bodies(lines: number): Generator<Body> {
  yield { type: 'program', host, program, name, pid: 7, argv: [] };
  const rows = parseSs('ESTAB 0 0 10.0.0.1:6000 10.0.0.2:40000 users:(("echo-server",pid=7,fd=3))');
  for (let i = 0; i < lines; i++) {
    yield { type: 'output', host, program, stream: 'stdout', line: 'y' };
    const look = { began: i, ended: i, command: 'ss -tanpoei' };
    if (i % 500 === 0) yield { type: 'sample', host, ...look, rows };
  }
}

test('each event costs an expectation about a program the same, however many came before', () => {
  const events: LabEvent[] = [];
  const statement = { history: historyOf(events), from: 0, since: 0 };
  const asked = [
    ready(SERVER, 6000, 7),
    failsWith(SERVER, 'EADDRINUSE', { server: { port: 6000, pid: 7 } }),
    prints(SERVER, 'n'),
    ends(SERVER),
    shellResult(SERVER, 1e6, 'bind', {}),
  ].map(({ stated }) => stated(statement));
  const answers = new Set<string>();
  const began = performance.now();
  for (const body of bodies(40_000)) {
    events.push({ seq: events.length, t: events.length, ...body });
    historyOf(events);
    for (const evaluate of asked) answers.add(evaluate(false).verdict);
  }
  expect([...answers]).toEqual(['pending']);
  // 200,000 looks; each at all that came before would take minutes.
  expect(performance.now() - began).toBeLessThan(5000);
});
