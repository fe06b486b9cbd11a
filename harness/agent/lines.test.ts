import fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Budget, readLines, type Bounds } from './lines.ts';

const BOUNDS: Bounds = { lines: 10, linesPerSecond: 5, octets: 100, lineOctets: 40 };

/** What is read of these chunks, and which bound was exceeded. */
async function read(
  chunks: readonly Buffer[],
  bounds: Partial<Bounds> = {},
  now = (): number => 0,
): Promise<{ lines: string[]; excess: string[]; destroyed: boolean }> {
  const unbounded = { lines: Infinity, linesPerSecond: Infinity, octets: Infinity };
  const excess: string[] = [];
  const budget = new Budget(
    { ...unbounded, lineOctets: Infinity, ...bounds },
    (bound) => excess.push(bound),
    now,
  );
  const stream = new PassThrough();
  const lines: string[] = [];
  const all = readLines(stream, (line) => lines.push(line), budget);
  for (const chunk of chunks) stream.write(chunk);
  const { destroyed } = stream;
  stream.end();
  await all;
  return { lines, excess, destroyed };
}

const text = (...chunks: string[]): Buffer[] => chunks.map((chunk) => Buffer.from(chunk));

/** The same octets in other pieces. */
const pieces = (octets: Buffer, sizes: readonly number[]): Buffer[] => {
  const chunks: Buffer[] = [];
  let from = 0;
  for (const size of sizes) {
    chunks.push(octets.subarray(from, from + size));
    from += size;
  }
  return [...chunks, octets.subarray(from)];
};

describe('readLines', () => {
  it('gives every line, a last one without its end too', async () => {
    const { lines, excess } = await read(text('one\ntw', 'o\r\n\nthr', 'ee'));
    expect({ lines, excess }).toEqual({ lines: ['one', 'two', '', 'three'], excess: [] });
  });

  it('parts lines at newlines only: JSON may have U+2028 in it, and a program may print it', async () => {
    const { lines } = await read(text('{"line":"a\u2028b\u2029c"}\nd\re\n'));
    expect(lines).toEqual(['{"line":"a\u2028b\u2029c"}', 'd\re']);
  });

  it('is the same however the octets come, bounded or not', async () => {
    const anyOctets = fc.array(fc.constantFrom(0x0a, 0x0d, 0x78, 0xc3, 0xa9, 0x00), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        anyOctets,
        fc.array(fc.nat(9)),
        fc.boolean(),
        async (octets, sizes, bounded) => {
          const bounds = bounded ? { lines: 4, octets: 30, lineOctets: 12 } : {};
          const whole = await read([Buffer.from(octets)], bounds);
          const parted = await read(pieces(Buffer.from(octets), sizes), bounds);
          expect(parted.lines).toEqual(whole.lines);
          expect(parted.excess).toEqual(whole.excess);
        },
      ),
    );
  });
});

describe('beyond its budget nothing is read', () => {
  const line = 'x'.repeat(9);

  it.each<[keyof Bounds, string, number]>([
    ['lines', 'a\n'.repeat(12), 10],
    ['octets', `${line}\n`.repeat(12), 10],
    ['octets', `${line}\n`.repeat(9) + 'x'.repeat(11), 9],
    ['lineOctets', 'a\nb\n' + 'x'.repeat(41), 2],
    ['lineOctets', 'a\nb\n' + 'x'.repeat(41) + '\nc\n', 2],
  ])('%s', async (bound, octets, kept) => {
    const { lines, excess, destroyed } = await read(text(octets), {
      ...BOUNDS,
      linesPerSecond: Infinity,
    });
    expect({ lines: lines.length, excess, destroyed }).toEqual({
      lines: kept,
      excess: [bound],
      destroyed: true,
    });
  });

  it('linesPerSecond, where a slower program may go on', async () => {
    let ms = 0;
    const slow = await read(text(...'abcdefgh'.split('').map((l) => `${l}\n`)), BOUNDS, () => {
      ms += 250;
      return ms;
    });
    expect(slow).toMatchObject({ excess: [] });
    expect(slow.lines).toHaveLength(8);
    const fast = await read(text('a\nb\nc\nd\ne\nf\ng\n'), BOUNDS);
    expect(fast).toMatchObject({ lines: ['a', 'b', 'c', 'd', 'e'], excess: ['linesPerSecond'] });
  });

  it('one budget bounds several streams together', async () => {
    const excess: string[] = [];
    const budget = new Budget({ ...BOUNDS, lines: 3 }, (bound) => excess.push(bound));
    const lines: string[] = [];
    const [one, other] = [new PassThrough(), new PassThrough()];
    const all = [one, other].map((stream) => readLines(stream, (l) => lines.push(l), budget));
    one.write('a\nb\n');
    other.write('c\nd\n');
    one.end('e\n');
    other.end();
    await Promise.all(all);
    expect({ lines, excess }).toEqual({ lines: ['a', 'b', 'c'], excess: ['lines'] });
  });
});
