/** A bundle whose hashes are right: what it says is held against itself, and against its lab. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { loadLabs } from '../catalogue/catalogue.ts';
import { SCHEMA_VERSION, type RunEvent } from '../evidence/events.ts';
import { EvidenceError, MANIFEST, type FileName, type Manifest } from '../evidence/manifest.ts';
import { ROOT } from '../installation.ts';
import type { Lab } from '../vocabulary/define.ts';
import { verbatim } from '../told.ts';
import { LabChangedError, LabUnknownError, verify } from './verify.ts';

const BUNDLE = join(ROOT, `harness/evidence/stored/schema-${SCHEMA_VERSION}`);

let dir: string;
let copies = 0;
/** The lab as it was when it ran, and the harness. */
let then: Lab;
let harness: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const [first = ''] = (await readFile(join(BUNDLE, 'events.ndjson'), 'utf8')).split('\n');
  const run = JSON.parse(first) as RunEvent;
  const [lab] = await loadLabs(['wrong-port']);
  if (lab === undefined || run.labHash === undefined) throw new Error('no such lab');
  then = hashed(lab, run.labHash);
  harness = run.harness;
});
afterAll(() => rm(dir, { recursive: true }));

/** The lab with another source. */
function hashed(lab: Lab, hash = '0'.repeat(64)): Lab {
  if (lab.source === undefined) throw new Error('it stands in no file');
  return { ...lab, source: { ...lab.source, hash } };
}

type Texts = Partial<Record<FileName | typeof MANIFEST, (text: string) => string>>;

/** A copy with other texts in it, its hashes made anew. */
async function forged(changes: Texts): Promise<string> {
  const bundle = join(dir, `forged-${++copies}`);
  await cp(BUNDLE, bundle, { recursive: true });
  const change = async (name: FileName | typeof MANIFEST): Promise<string> => {
    const text = await readFile(join(bundle, name), 'utf8');
    const other = changes[name]?.(text) ?? text;
    if (name in changes) expect(other).not.toBe(text);
    await writeFile(join(bundle, name), other);
    return other;
  };
  const manifest = JSON.parse(await change(MANIFEST)) as Manifest;
  for (const name of ['events.ndjson', 'result.json'] as const) {
    const text = await change(name);
    const sha256 = createHash('sha256').update(text).digest('hex');
    manifest.files[name] = { sha256, size: Buffer.byteLength(text) };
  }
  await writeFile(join(bundle, MANIFEST), JSON.stringify(manifest));
  return bundle;
}

const replaced = (from: string, to: string) => (text: string) => text.replaceAll(from, to);

test('untouched it is believed; its lab has changed with its source, or with the harness', async () => {
  const honest = await verify(BUNDLE, [then], { harness });
  expect(honest).toMatchObject({ changed: false, summary: { status: 'passed' } });
  expect(await verify(BUNDLE, [then])).toEqual(honest);
  expect(await verify(BUNDLE, [then], { harness: '99.0.0' })).toEqual({ ...honest, changed: true });
  expect(await verify(BUNDLE, [hashed(then)], { harness })).toEqual({ ...honest, changed: true });
});

test('the documents may be read anew: that makes no older run untrue', async () => {
  const claim = { document: '000', section: '1', quote: 'a', claim: 'b', kernel: 'c', why: 'd' };
  const reread = (text: string): string =>
    JSON.stringify({ ...(JSON.parse(text) as object), claims: [{ ...claim, since: 'always' }] });
  const bundle = await forged({ 'result.json': reread });
  expect(await verify(bundle, [then], { harness })).toMatchObject({ changed: false });
});

describe('refused is', () => {
  it.each<[string, Texts, string | RegExp]>([
    [
      'a manifest that tells of another kernel',
      { [MANIFEST]: (text) => text.replace(/"kernel": "[^"]+"/, '"kernel": "7.2.0"') },
      'manifest.json is not what the events say',
    ],
    [
      'a failed verdict in the result of a run that passed',
      { 'result.json': (text) => text.replace('"verdict": "met"', '"verdict": "failed"') },
      'result.json is not what the events say',
    ],
    [
      'a host that is told of as on another kernel than the other one',
      { 'events.ndjson': (text) => text.replace(/("host":"client","kernel":")[^"]+/, '$17.2.0') },
      'both hosts are of one kernel',
    ],
    [
      // With no more than an edited sysctl a lab of timers would judge by times that never were.
      'a sysctl that the lab does not pin so',
      { 'events.ndjson': replaced('tcp_fin_timeout":"60"', 'tcp_fin_timeout":"30"') },
      "event 1: the server's settings when it was recorded are not those of the lab: net.ipv4.tcp_fin_timeout is '30', not '60'",
    ],
    [
      'a route that the lab never asked for',
      { 'events.ndjson': (text) => text.replace(/("route":"[^"]+?)\s*"/g, '$1 rto_min 5s"') },
      "of the lab: rto_min is 5s, and the lab has no 'rtoMin'",
    ],
    [
      'another port than the lab’s',
      {
        'events.ndjson': replaced('"serverPort":6000', '"serverPort":6002'),
        'result.json': replaced('"serverPort": 6000', '"serverPort": 6002'),
      },
      /the bundle records 'expect not-carried' at labs\/wrong-port.ts:\d+ \(serverPort: 6002\), but the lab expects not-carried at labs\/wrong-port.ts:\d+ \(serverPort: 6000\)/,
    ],
  ])('%s', async (_what, changes, reason) => {
    const refused = verify(await forged(changes), [then], { harness });
    await expect(refused).rejects.toThrow(EvidenceError);
    await expect(refused).rejects.toThrow(reason);
  });
});

describe('neither believed nor refused is', () => {
  it('what no lab of that name is there to judge', async () => {
    const judged = verify(BUNDLE, [{ ...then, name: 'handshake' }], { harness });
    await expect(judged).rejects.toThrow(LabUnknownError);
    await expect(judged).rejects.toThrow("there is no lab 'wrong-port'");
    // Whoever knows why says it: the file that the bundle names is not there.
    const whyNone = (lab: string, file?: string) => verbatim(`${lab} stood in ${file}`);
    await expect(verify(BUNDLE, [], { harness, whyNone })).rejects.toThrow(
      'wrong-port stood in labs/wrong-port.ts',
    );
  });

  it.each([
    ['the lab has changed since', () => hashed(then), () => harness],
    ['Socket Lab has changed since (it was ', () => then, () => '99.0.0'],
  ])('what today’s lab judges otherwise: %s', async (reason, lab, now) => {
    // It holds segments today.
    const held = { ...lab(), rtoMin: '10s' };
    await expect(verify(BUNDLE, [held], { harness: now() })).rejects.toThrow(
      "of the lab: there is no rto_min, and the lab's 'rtoMin' is 10s",
    );
    // It wants a shorter FIN-WAIT-2 today.
    const today = { ...lab(), sysctls: { both: { 'net.ipv4.tcp_fin_timeout': '30' } } };
    const judged = verify(BUNDLE, [today], { harness: now() });
    await expect(judged).rejects.toThrow(LabChangedError);
    await expect(judged).rejects.toThrow(reason);
    await expect(judged).rejects.toThrow(
      "; judged by today's lab: event 1: the server's settings when it was recorded are not those of the lab: net.ipv4.tcp_fin_timeout is '60', not '30'",
    );
  });
});
