/** Run by `watchOver` when its harness has died: removes what dead runs have left. */
import { setTimeout as delay } from 'node:timers/promises';
import { reap } from './docker.ts';

await reap();
// A request that the dead harness had sent is carried out all the same, a moment later.
await delay(1000);
await reap();
