/** A bundle is believed only as far as it holds together: these change one and must be refused. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import timeWait from '../../labs/time-wait.ts';
import wrongPort from '../../labs/wrong-port.ts';
import { netns } from '../backend/netns.ts';
import { writeBundle } from '../evidence/bundle.ts';
import { SCHEMA_VERSION, type LabEvent } from '../evidence/events.ts';
import type { FileName, Manifest } from '../evidence/manifest.ts';
import { summarize } from '../evidence/summary.ts';
import { historyOf } from '../history/history.ts';
import { english } from '../texts/say.ts';
import { reasonInWords } from '../words/verdicts.ts';
import type { Lab } from '../vocabulary/define.ts';
import { runLab } from './run.ts';
import { verify } from './verify.ts';
import { inEnglish, verbatim } from '../told.ts';

let dir: string;
let original: string;
let copies = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  original = join(dir, 'original');
  await record(timeWait, original);
});
afterAll(() => rm(dir, { recursive: true }));

/** The events that it records into a bundle. */
async function record(lab: Lab, into: string): Promise<LabEvent[]> {
  const { signal } = new AbortController();
  const options = {
    backend: netns,
    reason: verbatim('a test'),
    slow: false,
    harness: 'test',
    signal,
  };
  const { status, stream, pcaps, message } = await runLab(lab, options);
  if (status === 'broken') throw new Error(message && inEnglish(message));
  await writeBundle(into, { events: stream.events, pcaps });
  return stream.events;
}

/** A copy of the bundle with one file changed; `signed` corrects all that depends on it, as a forger would. */
async function forge(
  file: FileName,
  change: (content: Buffer) => Buffer | string,
  { signed = true } = {},
): Promise<string> {
  const copy = join(dir, `copy-${++copies}`);
  await cp(original, copy, { recursive: true });
  const content = Buffer.from(change(await readFile(join(copy, file))));
  await put(copy, file, content, signed);
  if (signed && file === 'events.ndjson') {
    const result = JSON.stringify(summarize(eventsIn(content)));
    await put(copy, 'result.json', Buffer.from(result), signed);
  }
  return copy;
}

async function put(copy: string, file: FileName, content: Buffer, signed: boolean): Promise<void> {
  await writeFile(join(copy, file), content);
  if (!signed) return;
  const path = join(copy, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  const sha256 = createHash('sha256').update(content).digest('hex');
  manifest.files[file] = { sha256, size: content.length };
  await writeFile(path, JSON.stringify(manifest));
}

const eventsIn = (content: Buffer): LabEvent[] =>
  content
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LabEvent);

/** Changes the events; whatever is left out, they are numbered as if it had never been. */
const events =
  (change: (events: LabEvent[]) => LabEvent[]) =>
  (content: Buffer): string =>
    change(eventsIn(content))
      .map((event, seq) => `${JSON.stringify({ ...event, seq })}\n`)
      .join('');

const verified = (copy: string) => verify(copy, [timeWait, wrongPort]);

describe('verify', () => {
  it('reaches the same verdicts', async () => {
    const { summary, verdicts } = await verified(original);
    expect(summary.status).toBe('passed');
    expect(verdicts).toBe(summary.expectations.length);
    expect(verdicts).toBeGreaterThan(8);
  });

  it('reaches the same verdicts over a run that failed', async () => {
    const impatient: Lab = {
      ...wrongPort,
      body: async ({ client, expect }) => {
        await expect(client.run('echo-client', { port: 6001 })).toFailWith('ETIMEDOUT');
      },
    };
    const failed = join(dir, 'failed');
    const recorded = await record(impatient, failed);
    const { summary } = await verify(failed, [impatient]);
    expect(summary.status).toBe('failed');
    expect(reasonInWords(historyOf(recorded), english)).toContain(
      'to fail with ETIMEDOUT, saw connect(3, ',
    );
  });

  it.each([
    [
      'changed',
      (b: Buffer) => Buffer.from(b.toString().replace('TIME-WAIT', 'LAST-ACKS')),
      /changed: its SHA-256/,
    ],
    ['cut', (b: Buffer) => b.subarray(0, b.length - 10), /cut or added to/],
  ])('refuses a file that was %s', async (_how, change, reason) => {
    await expect(verified(await forge('events.ndjson', change, { signed: false }))).rejects.toThrow(
      reason,
    );
  });

  it('refuses what is not a bundle', async () => {
    const empty = await mkdtemp(join(dir, 'empty-'));
    await expect(verified(empty)).rejects.toThrow(
      /is not a bundle: manifest.json cannot be read \(ENOENT\)/,
    );
  });

  it('refuses a last line that is cut', async () => {
    const copy = await forge('events.ndjson', (b) => b.subarray(0, b.length - 1));
    await expect(verified(copy)).rejects.toThrow(/events.ndjson: line \d+: the last line is cut/);
  });

  it('refuses a gap in the events', async () => {
    const copy = await forge('events.ndjson', (b) => b.toString().replace(/^.*"seq":7,.*\n/m, ''));
    await expect(verified(copy)).rejects.toThrow(/line 8: event 8 where 7 must be/);
  });

  it('refuses an event with a field that is none', async () => {
    const copy = await forge('events.ndjson', (b) =>
      b.toString().replace('"recvQ":0', '"recvQ":"none"'),
    );
    await expect(verified(copy)).rejects.toThrow(/line \d+: 'rows.0.recvQ'/);
  });

  it('refuses another schema', async () => {
    const copy = await forge('events.ndjson', (b) =>
      b.toString().replace(`"schema":${SCHEMA_VERSION}`, `"schema":${SCHEMA_VERSION + 1}`),
    );
    await expect(verified(copy)).rejects.toThrow(
      `line 1: has schema ${SCHEMA_VERSION + 1}; this is ${SCHEMA_VERSION}`,
    );
  });

  it('refuses a packet that the capture does not hold', async () => {
    const copy = await forge('events.ndjson', (b) =>
      b.toString().replace('"flags":"S."', '"flags":"R."'),
    );
    await expect(verified(copy)).rejects.toThrow(
      /event \d+, frame \d+ of (server|client).pcap: segment .*; frames-are-events: /,
    );
  });

  it('refuses a packet that was left out of the stream', async () => {
    const last = events((all) => {
      const index = all.findLastIndex(({ type }) => type === 'packet');
      return all.filter((_event, at) => at !== index);
    });
    await expect(verified(await forge('events.ndjson', last))).rejects.toThrow(
      // Every event behind it has another number: what rests on them is found first.
      /evidence refused: .*; (grounds|frames-are-events): /,
    );
  });

  it('refuses a capture cut at its end, at a frame and elsewhere', async () => {
    const frame = 16 + 60;
    const atFrame = await forge('server.pcap', (b) => b.subarray(0, b.length - frame));
    await expect(verified(atFrame)).rejects.toThrow(
      /server.pcap: no frame \d+; frames-are-events: /,
    );
    const elsewhere = await forge('server.pcap', (b) => b.subarray(0, b.length - 5));
    await expect(verified(elsewhere)).rejects.toThrow(
      /server.pcap: .* the file ends inside record/,
    );
  });

  it('refuses a row that is not what its line says', async () => {
    const copy = await forge('events.ndjson', (b) =>
      b.toString().replace('"state":"TIME-WAIT","recvQ":0', '"state":"TIME-WAIT","recvQ":9'),
    );
    await expect(verified(copy)).rejects.toThrow(/; samples: a socket is what its line of ss says/);
  });

  it('refuses a state that the packets rule out', async () => {
    const before = events((all) => {
      // ss shows TIME-WAIT, row and line alike, before any FIN was there to receive.
      const sample = all.find(
        (event) =>
          event.type === 'sample' && event.rows.some(({ state }) => state === 'ESTABLISHED'),
      );
      return all.map((event) =>
        event === sample
          ? (JSON.parse(
              JSON.stringify(event)
                .replaceAll('"line":"ESTAB ', '"line":"TIME-WAIT ')
                .replaceAll('"state":"ESTABLISHED"', '"state":"TIME-WAIT"'),
            ) as LabEvent)
          : event,
      );
    });
    await expect(verified(await forge('events.ndjson', before))).rejects.toThrow(
      /TIME-WAIT, (server|client).pcap: no FIN sent; states-and-segments: /,
    );
  });

  it('refuses a verdict that the evidence does not bear out', async () => {
    const forged = (change: object) =>
      events((all) => {
        const ofEnds = all.flatMap((event) =>
          event.type === 'expect' && event.kind === 'end-in-state' ? [event.id] : [],
        );
        return all.map((event) =>
          event.type === 'verdict' && ofEnds.includes(event.id) ? { ...event, ...change } : event,
        );
      });
    const otherwise = forged({ verdict: 'failed', seen: { socket: null } });
    await expect(verified(await forge('events.ndjson', otherwise))).rejects.toThrow(
      /the bundle says failed, the replay met/,
    );
    const without = forged({ by: [] });
    await expect(verified(await forge('events.ndjson', without))).rejects.toThrow(
      /the bundle says met, the replay met: .* is not /,
    );
  });

  it('refuses a verdict that is missing', async () => {
    const without = events((all) => all.filter(({ type }) => type !== 'verdict'));
    await expect(verified(await forge('events.ndjson', without))).rejects.toThrow(
      /which the bundle does not say/,
    );
  });

  it('refuses what the lab did not do', async () => {
    const other = events((all) =>
      all.map((event) =>
        event.type === 'action' && event.op === 'hold' ? { ...event, op: 'carry' } : event,
      ),
    );
    await expect(verified(await forge('events.ndjson', other))).rejects.toThrow(
      /the bundle records carry at the server, but the lab does hold/,
    );
  });

  it('refuses a deadline before its time', async () => {
    const early = events((all) =>
      all.flatMap((event) => {
        if (event.type !== 'expect' || !JSON.stringify(event.params).includes('CLOSE-WAIT'))
          return [event];
        const { id, t, step } = event;
        const at = { seq: 0, t: t + 1, ...(step === undefined ? {} : { step }) };
        return [event, { type: 'deadline' as const, id, ...at }];
      }),
    );
    await expect(verified(await forge('events.ndjson', early))).rejects.toThrow(/was not over yet/);
  });

  it('refuses a result that is not what the events say', async () => {
    const copy = await forge('result.json', (b) =>
      b.toString().replace('"backend": "netns"', '"backend": "docker"'),
    );
    await expect(verified(copy)).rejects.toThrow(/result.json is not what the events say/);
  });

  it('leaves it to the documents what they claim: that is no evidence', async () => {
    const copy = await forge('result.json', (b) =>
      b.toString().replace('"claims": []', '"claims": [{ "claim": "as it was worded then" }]'),
    );
    expect(await readFile(join(copy, 'result.json'), 'utf8')).toContain('worded then');
    expect((await verified(copy)).summary.status).toBe('passed');
  });

  it('refuses a lab that is not there', async () => {
    await expect(verify(original, [wrongPort])).rejects.toThrow(/there is no lab 'time-wait'/);
  });
});
