/** Labs on benches that have been tampered with, and what they then fail for. */
import { expect } from 'vitest';
import { netns } from '../../harness/backend/netns.ts';
import type { Bench, Lab } from '../../harness/index.ts';
import type { ProgramOptions } from '../../harness/vocabulary/program.ts';
import { historyOf } from '../../harness/history/history.ts';
import { instead } from '../../harness/lab-test.ts';
import { runLab } from '../../harness/run/run.ts';
import type { Side, Wire } from '../../harness/vocabulary/sides.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import { english } from '../../harness/texts/say.ts';
import { failureInWords, seenInWords } from '../../harness/words/verdicts.ts';
import { inEnglish, verbatim } from '../../harness/told.ts';

/** The lab, on a bench that has been tampered with. */
export const sabotaged = (lab: Lab, tamper: (bench: Bench) => Bench | Promise<Bench>): Lab => ({
  ...lab,
  body: async (bench) => {
    await lab.body(await tamper(bench));
  },
});

export { instead };

/** A wire that loses nothing. */
export const lossless = (wire: Wire): Wire => instead(wire, { drop: () => Promise.resolve() });

/** The shell, into which something else is typed than the lab says. */
export const misheard = (shell: SocketShell, said: string, heard: string): SocketShell =>
  instead(shell, { does: (script) => shell.does(script.replace(said, heard)) });

export type Run = Side['run'];

/** The same host, on which programs are started otherwise. */
export const withRun = (side: Side, change: (run: Run) => Run): Side =>
  instead(side, { run: change((name, options) => side.run(name, options)) });

/** Its programs get other options than the lab says. */
export const withOptions = (side: Side, options: ProgramOptions): Side =>
  withRun(side, (run) => (name, given) => run(name, { ...given, ...options }));

/** The bench, on which something happens before a step begins. */
export const beforeStep = (bench: Bench, title: string, happens: () => Promise<void>): Bench => ({
  ...bench,
  step: async (name, body) => {
    if ((typeof name === 'string' ? name : inEnglish(name)) === title) await happens();
    await bench.step(name, body);
  },
});

/** The bench, on whose wire each segment of the client comes twice. */
export async function withCopies(bench: Bench): Promise<Bench> {
  const { client, wire } = bench;
  await wire.hold(client);
  const copy = async (): Promise<void> => {
    await wire.duplicate({ from: client });
    await wire.letGo({ from: client });
    await copy();
  };
  // It ends with the run: nothing more comes then.
  copy().catch(() => undefined);
  return bench;
}

/** What a lab fails for: the reason, then the evidence. What differs from run to run is made the same. */
export async function failures(lab: Lab): Promise<string[]> {
  const { signal } = new AbortController();
  const options = { backend: netns, reason: verbatim(''), slow: false, harness: '', signal };
  const { status, leftBehind, stream, expectation = -1 } = await runLab(lab, options);
  expect({ status, leftBehind }).toEqual({ status: 'failed', leftBehind: undefined });
  const history = historyOf(stream.events);
  const stated = history.lab.expectation(expectation);
  const { details = [] } = (stated && seenInWords(stated, history, english)) ?? {};
  const reason = stated === undefined ? '' : failureInWords(stated, history, english);
  return (
    [reason, ...details.map((line) => `  ${line}`)]
      .join('\n')
      .replace(/10\.\d+\.\d+\.1\b/g, 'SERVER')
      .replace(/10\.\d+\.\d+\.2:\d+/g, 'CLIENT')
      .replace(/(seq=|ack=|timewait )[1-9]\d*/g, '$1N')
      .replace(/held by \S+ \(pid \d+\)/g, 'held by PROGRAM')
      // Either host's tcpdump may be the first to be heard of.
      .replace(/in the (server|client)'s capture/g, "in the HOST's capture")
      .replace(/timer on .*/g, 'timer on ...')
      .split('\n')
  );
}

export async function failure(lab: Lab): Promise<string> {
  const [reason = ''] = await failures(lab);
  return reason;
}
