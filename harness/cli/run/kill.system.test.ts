/** However the harness ends, nothing of a run is left: no process, link, namespace, container, network. */
import { execa } from 'execa';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../backend/backend.ts';
import { backendsUnderTest } from '../../testing/backends.ts';
import { leftBehind, TOKEN } from '../../testing/left-behind.ts';

const MAIN = ['harness/cli/start/start.mjs'];
const MOMENTS = 20;

const backends = await backendsUnderTest();
let dir: string;
let runs = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

function start(lab: string, backend: BackendName, ...options: string[]) {
  const token = `${process.pid}-${++runs}`;
  const child = execa(
    process.execPath,
    [...MAIN, lab, '--backend', backend, '--out', join(dir, String(runs)), ...options],
    { env: { [TOKEN]: token }, reject: false, all: true },
  );
  return { child, token, pid: child.pid ?? 0 };
}

describe.each(backends)('$name', ({ name }) => {
  it(
    `leaves nothing behind when killed at ${MOMENTS} random moments`,
    { timeout: 600_000 },
    async () => {
      const whole = start('time-wait', name);
      const began = performance.now();
      expect((await whole.child).exitCode).toBe(0);
      const duration = Math.ceil(performance.now() - began);
      const killed: number[] = [];
      while (killed.length < MOMENTS) {
        const moment = randomInt(duration);
        const run = start('time-wait', name);
        await Promise.race([delay(moment), run.child]);
        // Over already: this moment was none.
        if (run.child.exitCode !== null) continue;
        process.kill(run.pid, 'SIGKILL');
        await run.child;
        expect(await leftBehind(run, name), `killed after ${moment} ms`).toEqual([]);
        killed.push(run.pid);
      }
      if (name !== 'docker') return;
      const next = await start('wrong-port', name).child;
      expect(next.exitCode, `${next.stdout}\n${next.stderr}`).toBe(0);
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with exit code 130', async (signal) => {
    for (const line of ['"type":"run"', 'FIN-WAIT-1', 'TIME-WAIT']) {
      const run = start('time-wait', name, '--json');
      let said = '';
      await new Promise<void>((resolve) => {
        run.child.all.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes(line)) resolve();
        });
        void run.child.then(() => {
          resolve();
        });
      });
      process.kill(run.pid, signal);
      const { exitCode } = await run.child;
      expect(exitCode, said).toBe(130);
      expect(await leftBehind(run, name)).toEqual([]);
    }
  });

  it('does not disturb a run beside it', async () => {
    const all = ['time-wait', 'wrong-port', 'time-wait'].map((lab) => start(lab, name));
    for (const { child } of all) {
      const { exitCode, all: said } = await child;
      expect(exitCode, said).toBe(0);
    }
  });
});
