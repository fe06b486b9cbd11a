import { spawn, type ChildProcess } from 'node:child_process';
import { monotonic, realtimeAhead } from '../sys/clock.ts';
import { hostEnvironment } from './environment.ts';
import type { Notice } from './protocol.ts';
import { told, toldBy, ToldError, verbatim } from '../told.ts';
import { WallClock } from './wall-clock.ts';

/** KiB. In immediate mode a frame may take a whole slot of the ring: the default holds only eight. */
const BUFFER = '8192';

/** Milliseconds; it takes a few. */
const ENDS_WITHIN = 10_000;

/**
 * Octets that the harness may leave unread. With more, tcpdump waits, and in the end says how many
 * packets it has lost meanwhile: a host's memory has an end.
 */
const MOST_UNREAD = 16 << 20;

/**
 * tcpdump of one interface, its pcap passed on as it grows. Immediate mode and unbuffered output:
 * without both, a short capture can end before its first packet is written.
 */
export class Capture {
  readonly #child: ChildProcess;
  readonly #stderr: string[] = [];
  readonly #started: Promise<void>;
  readonly #ended: Promise<void>;
  #stopping = false;

  constructor(iface: string, notify: (notice: Notice) => void) {
    const args = ['-i', iface, '--immediate-mode', '-U', '-n', '-s', '0', '-B', BUFFER, '-w', '-'];
    const options = ['--time-stamp-precision=nano', '-Z', 'root'];
    // Dropping root would need capabilities that a container of ours does not have.
    const child = spawn(
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        'tcpdump',
        ...args,
        ...(process.getuid?.() === 0 ? options : options.slice(0, 1)),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: hostEnvironment() },
    );
    this.#child = child;
    const clock = new WallClock(realtimeAhead);
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        const data = chunk.toString('base64');
        notify({ notice: 'capture', data, ahead: clock.ahead().toString() });
      } catch (error) {
        notify({ notice: 'trouble', t: monotonic().toString(), message: toldBy(error) });
      }
      if (process.stdout.writableLength < MOST_UNREAD) return;
      child.stdout.pause();
      process.stdout.once('drain', () => child.stdout.resume());
    });
    this.#ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => {
        resolve();
      });
    });
    this.#started = new Promise((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        this.#stderr.push(chunk.toString());
        if (this.#stderr.join('').includes('listening on')) resolve();
      });
      this.#ended.then(() => {
        const why = this.#stderr.join('').trim();
        reject(new ToldError(told('tcpdump ended: {why}', { why })));
      }, reject);
    });
    this.#ended
      .catch(() => undefined)
      .finally(() => {
        if (this.#stopping) return;
        const said = this.#stderr.join('').trim().split('\n');
        const reason = said.findLast((line) => !/listening on| packets? /.test(line));
        const why = reason === undefined ? told('killed') : verbatim(reason);
        const message = told('tcpdump ended before the run did: {why}', { why });
        notify({ notice: 'trouble', t: monotonic().toString(), message });
      });
  }

  /** Resolves when tcpdump says that it listens; whether it sees packets a marker must tell. */
  started(): Promise<void> {
    return this.#started;
  }

  async stop(): Promise<{ captured: number; dropped: number }> {
    this.#stopping = true;
    this.#child.kill('SIGTERM');
    // One that is itself stopped takes no other signal.
    const late = setTimeout(() => this.#child.kill('SIGKILL'), ENDS_WITHIN);
    await this.#ended;
    clearTimeout(late);
    if (this.#child.signalCode === 'SIGKILL')
      throw new ToldError(
        told('tcpdump did not end within {n} s of SIGTERM', { n: ENDS_WITHIN / 1000 }),
      );
    const said = this.#stderr.join('');
    return { captured: count(said, 'captured'), dropped: count(said, 'dropped by kernel') };
  }
}

function count(said: string, what: string): number {
  const match = new RegExp(`(\\d+) packets? ${what}`).exec(said);
  if (match?.[1] === undefined)
    throw new ToldError(told('tcpdump did not say how many packets were {word}', { word: what }));
  return Number(match[1]);
}
