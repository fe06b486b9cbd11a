import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archiveOf } from './archive.ts';

// To open one that nobody writes to waits for ever: `show` and `verify` did.
it('a FIFO and a device are no archives, and are not waited for', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  try {
    const fifo = join(dir, 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(await archiveOf(fifo)).toBeUndefined();
    expect(await archiveOf('/dev/zero')).toBeUndefined();
  } finally {
    await rm(dir, { recursive: true });
  }
}, 10_000);
