/** Errors of every part as people read them, in Chinese: no English word of ours is left in them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentError } from '../backend/agent-client.ts';
import { BackendError } from '../backend/errors.ts';
import { loadLabs } from '../catalogue/catalogue.ts';
import { explain } from '../cli/errors.ts';
import { checkLanguage } from '../cli/language.ts';
import { buildCommands } from '../cli/commands.ts';
import { withDeadline } from '../deadline.ts';
import { readBundle } from '../evidence/bundle.ts';
import { parseEvents } from '../evidence/schema.ts';
import { parsePattern } from '../expect/segments/pattern.ts';
import { historyOf } from '../history/history.ts';
import { checkInvariants } from '../invariants/invariants.ts';
import { SampleRun } from '../present/sample-run.fixture.ts';
import { parseInjected } from '../tcp/frame/injected.ts';
import { edgeOf } from '../tcp/states/edges.ts';
import { parseSs } from '../tcp/tables/ss.ts';
import { told, toldBy } from '../told.ts';
import { milliseconds } from '../vocabulary/within.ts';
import { ActionError } from '../vocabulary/session.ts';
import { WitnessError } from '../witness/error.ts';
import { reasonInWords } from '../words/verdicts.ts';
import { chinese } from './language.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'errors-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

const asked = (...words: string[]) =>
  buildCommands(() => undefined).parseAsync(words, { from: 'user' });
const emptied = new SampleRun().begin().add(9, { type: 'end', status: 'passed' });

describe.each<[string, () => unknown, string]>([
  [
    'a deadline',
    () => withDeadline(told('the hosts to be set up'), 1, new Promise(() => undefined)),
    '等了 0.001 秒，没有等到主机设置完毕',
  ],
  [
    'a call to an agent',
    () => {
      const why = new AgentError('run', { code: 'AGENT', message: told('the agent has ended') });
      throw new ActionError('run', { code: 'AGENT', message: why.why });
    },
    'run：代理已结束',
  ],
  [
    'a backend',
    () => {
      const why = told('Docker {version} answers', { version: '28.2' });
      throw new BackendError(told('Docker: {why}', { why }));
    },
    'Docker：Docker 28.2 有应答',
  ],
  [
    'a witness',
    () => {
      const params = { host: told('client'), n: 3 };
      throw new WitnessError(told('tcpdump at the {host} lost {n} packets', params));
    },
    '客户端上的 tcpdump 丢失了 3 个报文',
  ],
  [
    'a packet pattern',
    () => parsePattern('client > server S seq=x+'),
    '报文模式，第 1 行第 25 列：这里应是一个数或名字，却是 行尾',
  ],
  ['an injected segment', () => parseInjected('R seq=x'), 'seq 是任意整数'],
  ['a line of ss', () => parseSs('NOWHERE 0 0 1.2.3.4:5 6.7.8.9:1'), 'ss：未知的 state NOWHERE'],
  [
    'an edge',
    () => edgeOf('NOWHERE -> CLOSED'),
    "'NOWHERE -> CLOSED' 不是状态图中的状态转换：没有这样",
  ],
  ['a duration', () => milliseconds('3h'), "'3h' 不是时长"],
  ['a stream', () => parseEvents('{\n'), '第 1 行：不是 JSON'],
  [
    'a bundle that is none',
    () => readBundle(dir),
    '不是证据包：manifest.json 不能读取（ENOENT）；',
  ],
  [
    'evidence of nobody',
    () => {
      const none = new Uint8Array();
      checkInvariants(emptied.events.slice(1, 2), { server: none, client: none });
    },
    '没有关于客户端的记录',
  ],
  [
    'a lab of another name',
    async () => {
      await writeFile(
        join(dir, 'one.ts'),
        "export default { name: 'two', title: 'x', body() {} };",
      );
      await loadLabs(['one'], (name) => import(join(dir, `${name}.ts`)) as Promise<never>);
    },
    "labs/one.ts：里面的实验名为 'two'",
  ],
  [
    'a language',
    () => {
      checkLanguage('fr');
    },
    "--lang 是 'fr'；应为其中之一：en, zh",
  ],
  ['an option', () => asked('verify', '--jsn', 'x'), "未知选项 '--jsn'；您是指 '--json' 吗？"],
  ['a choice', () => asked('--backend', 'x'), "--backend 是 'x'；应为其中之一：auto"],
  ['a number', () => asked('-j', '0'), "--jobs 是 '0'；应为 1 到 64"],
  ['too little', () => asked('verify'), "'verify' 需要 <dir>"],
  ['too much', () => asked('doctor', 'x'), "'doctor' 不带参数，却有 1 个"],
])('%s', (_what, fail, expected) => {
  test('is told', async () => {
    const error = await Promise.resolve()
      .then(fail)
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    const text = chinese(toldBy(error));
    expect(text).toContain(expected);
    expect(text.replace(/'[^']*'|[A-Za-z-]+\.(json|pcap|ndjson|ts)/g, '')).not.toMatch(
      /\b(the|of|to|is|no|not|it|its|for|by|has|was|with|from|cannot)\b/,
    );
  });
});

test('what is the bundle records told in the reader’s language, with what would help', () => {
  const message = told('cannot make network namespaces: {why}', {
    why: told('the agent has ended'),
  });
  const hint = told('run as root, or use Docker');
  const run = new SampleRun().begin().add(5, { type: 'end', status: 'broken', message, hint });
  const stored = JSON.parse(JSON.stringify(run.events)) as typeof run.events;
  expect(reasonInWords(historyOf(stored), chinese)).toBe(
    '不能创建网络命名空间：代理已结束；以 root 身份运行，或使用 Docker',
  );
});

test('a mistake on the command line is a line in that language, and exits with 2', async () => {
  const error = await asked('--watch=1').catch((error: unknown) => error);
  expect(explain(error, chinese).code).toBe(2);
});
