/** A lab's code that forgets to await what fails; what comes of it is printed. */
import { keepingPledges } from './pledges.ts';
import { Stream } from '../evidence/stream.ts';
import type { Session } from '../vocabulary/session.ts';

const host = { address: '', mac: '', sysctls: {} };
const later = (ms: number): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error(`not met after ${ms} ms`));
    }, ms);
  });
const session = (ms: number): Session => ({
  stream: new Stream(),
  facts: { server: host, client: host },
  slow: false,
  perform: () => later(ms),
  judge: () => later(ms),
  step: (_title, body) => body(),
});
/** As the vocabulary does: a promise of its own, which waits for the session's. */
const forgotten = async (kept: Session): Promise<void> => {
  await kept.perform('hold', 'server', {});
};

const outcome = async (ms: number, body: (kept: Session) => Promise<void>): Promise<string> =>
  keepingPledges(session(ms), body).then(
    () => 'passed',
    (error: unknown) => (error as Error).message,
  );

const outcomes = await Promise.all([
  // It fails while the lab is at something else, and when the lab has already ended.
  outcome(10, async (kept) => {
    void forgotten(kept);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }),
  outcome(50, (kept) => {
    void forgotten(kept);
    return Promise.resolve();
  }),
  outcome(20, async (kept) => {
    void forgotten(kept);
    await kept.perform('hold', 'client', {});
  }),
  outcome(30, () => Promise.resolve()),
]);
console.log(JSON.stringify(outcomes));
