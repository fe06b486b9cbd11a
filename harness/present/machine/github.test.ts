import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english } from '../../texts/say.ts';
import { summary, SUMMARY_LIMIT } from './github-summary.ts';
import { annotations } from './github.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { LABS, runOf, SAMPLE, saw } from './sample-report.fixture.ts';

interface Command {
  level: string;
  properties: Record<string, string>;
  message: string;
}

/** As the runner reads a line: `::level key=value,...::message`, each value unescaped. */
function read(line: string): Command {
  const [, level = '', list = '', message = ''] = /^::(\w+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
  const data = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const properties = list.split(',').flatMap((pair) => {
    const [key = '', value] = pair.split('=', 2);
    return value === undefined
      ? []
      : [[key, data(value.replaceAll('%3A', ':').replaceAll('%2C', ','))] as const];
  });
  return { level, properties: Object.fromEntries(properties), message: data(message) };
}

const commands = (text: string): Command[] => text.split('\n').slice(0, -1).map(read);

describe('annotations', () => {
  it('tell failures, timeouts, skips and what could not be tried apart', () => {
    const all = commands(annotations(SAMPLE));
    expect(
      all.map(({ level, properties }) => [level, properties['file'], properties['title']]),
    ).toEqual([
      ['error', 'labs/wrong.ts', 'wrong: failed'],
      ['error', 'labs/slow.ts', 'slow: timed out'],
      ['error', 'labs/broken.ts', 'broken: could not be tried'],
      ['error', 'labs/unkept.ts', 'unkept: could not be tried'],
      ['warning', 'labs/cut.ts', 'cut: interrupted'],
      ['warning', 'labs/left.ts', 'left: not run'],
    ]);
    expect(all[0]?.message).toMatch(
      /^netstat -natp of the server shows nothing\nexpected netstat .* nothing, saw no such line\n[^]*\nbundle: runs\/wrong$/,
    );
    // `x` is stated third, in the file that its id stands for.
    expect(all[0]?.properties['line']).toBe('3');
  });

  it('stay within what GitHub takes of a step, and say what is left out', () => {
    const [, wrong, , , , cut] = LABS;
    if (wrong === undefined || cut === undefined) throw new Error('no such lab');
    const many = runOf([
      ...Array<typeof wrong>(14).fill(wrong),
      ...Array<typeof cut>(11).fill(cut),
    ]);
    const all = commands(annotations(many));
    const of = (level: string): Command[] => all.filter((command) => command.level === level);
    expect([of('error').length, of('warning').length, all.length]).toEqual([10, 10, 20]);
    expect(of('error').at(-1)?.message).toMatch(/^5 more: /);
    expect(of('warning').at(-1)?.message).toMatch(/^2 more: /);
  });

  it('are commands whatever their texts are', () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        for (const { level, properties, message } of commands(annotations(run))) {
          expect(level).toMatch(/^(error|warning)$/);
          if (!message.includes(' more: ')) expect(properties['file']).toBe('labs/x.ts');
          expect(message.length).toBeLessThanOrEqual(4096);
        }
      }),
    );
  });
});

describe('the job summary', () => {
  it('has a table of the labs, and the picture of those that did not pass', () => {
    const text = summary(SAMPLE, english);
    expect(text).toMatch(
      /^## Socket Lab: 2 passed, 1 failed, 1 timed out, 1 could not be tried, 1 interrupted/,
    );
    expect(text.match(/^\| [^-l].*\|$/gm)).toHaveLength(LABS.length);
    expect(text).toContain('| **well** What well shows | ✅ passed | 2 of 2 met, 1 skipped |');
    expect(text).toContain(`### wrong: failed\n\n\`\`\`text\n${saw('nothing')}\n`);
    expect(text).toContain('0.000  client > server  S');
    expect(text).not.toContain('### well');
  });

  it('is cut to what GitHub takes, and says so', () => {
    const [, wrong] = LABS;
    if (wrong === undefined) throw new Error('no such lab');
    const long = { ...wrong, picture: Array<string>(2000).fill('状'.repeat(100)) };
    const text = summary(runOf([long, long, long]), english);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(Buffer.byteLength(text)).toBeGreaterThan(SUMMARY_LIMIT / 2);
    expect(text).toMatch(/More did not fit here: the bundles have it\.\n$/);
    fc.assert(
      fc.property(hostileRun, fc.nat(3000), (run, room) => {
        expect(Buffer.byteLength(summary(run, english, room))).toBeLessThanOrEqual(room);
      }),
    );
  });

  it('lets no text out of its cell or its fence', () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        const text = summary(run, english);
        const rows = text.split('\n').filter((line) => line.startsWith('| **'));
        for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
        const outside = withoutFences(text);
        expect(outside).not.toMatch(/(?<!\\)<(?!\/?(details|summary)>)/);
      }),
    );
  });
});

function withoutFences(text: string): string {
  let fence: string | undefined;
  const kept = text.split('\n').filter((line) => {
    if (fence === undefined) fence = /^(`{3,})text$/.exec(line)?.[1];
    else if (line === fence) fence = undefined;
    else return false;
    return fence === undefined && !line.startsWith('`');
  });
  expect(fence).toBeUndefined();
  return kept.join('\n');
}
