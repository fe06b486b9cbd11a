import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process from its start to its end, as a shell's prompt sees it. */
export interface Timed {
  ms: number;
  status: number | null;
  /** What it said on stderr. */
  stderr: string;
}

export async function timed(command: readonly string[]): Promise<Timed> {
  const [file = '', ...args] = command;
  const began = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { ms: performance.now() - began, status, stderr };
}

/** Milliseconds from Ctrl-C to the prompt; pressed at the first line on stdout that holds `at`. */
export async function interrupted(command: readonly string[], at: string): Promise<number> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let pressed: number | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (pressed !== undefined || !line.includes(at)) return;
    pressed = performance.now();
    child.kill('SIGINT');
  });
  await once(child, 'close');
  if (pressed === undefined) throw new Error(`${command.join(' ')}: ended without ${at}`);
  return performance.now() - pressed;
}

/** Of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return (low + high) / 2;
}
