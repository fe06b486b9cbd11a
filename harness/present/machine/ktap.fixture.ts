/** A reader of KTAP that takes what Documentation/dev-tools/ktap.rst says, and nothing else. */

export interface KtapTest {
  ok: boolean;
  number: number;
  description: string;
  directive?: string;
  /** What follows the directive. */
  data?: string;
  /** Diagnostic lines before its result. */
  diagnosis: string[];
  subtests: KtapTest[];
}

const VERSION = 'KTAP version 1';
const RESULT =
  /^(ok|not ok) (\d+)(?: ([^#]*?))?(?: # (?:(SKIP|TODO|XFAIL|TIMEOUT|ERROR)\b ?)?(.*))?$/;

/** @throws Error naming the line that should not be there */
export function readKtap(text: string): KtapTest[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  const reader = new Reader(lines);
  const tests = reader.tests('');
  reader.end();
  return tests;
}

class Reader {
  readonly #lines: string[];
  #at = 0;

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  /** A version line, a plan, and as many results as that promises. One level is two spaces. */
  tests(indent: string): KtapTest[] {
    this.#take(indent, (line) => line === VERSION || undefined);
    this.#diagnosis(indent);
    const planned = this.#take(indent, (line) => /^1\.\.(\d+)$/.exec(line)?.[1]);
    const tests: KtapTest[] = [];
    while (tests.length < Number(planned)) tests.push(this.#test(indent, tests.length + 1));
    return tests;
  }

  end(): void {
    if (this.#at < this.#lines.length) throw this.#strange();
  }

  #test(indent: string, number: number): KtapTest {
    const before = this.#diagnosis(indent);
    const inner = `${indent}  `;
    const nested = this.#lines[this.#at] === `${inner}${VERSION}`;
    const subtests = nested ? this.tests(inner) : [];
    const diagnosis = [...before, ...this.#diagnosis(indent)];
    const [, result, n, description = '', directive, data] = this.#take(
      indent,
      (line) => RESULT.exec(line) ?? undefined,
    );
    if (Number(n) !== number) throw this.#strange(-1);
    const ok = result === 'ok';
    if (ok && (directive === 'TIMEOUT' || directive === 'ERROR')) throw this.#strange(-1);
    return {
      ok,
      number,
      description,
      diagnosis,
      subtests,
      ...(directive !== undefined && { directive }),
      ...(data !== undefined && data !== '' && { data }),
    };
  }

  #diagnosis(indent: string): string[] {
    const lines: string[] = [];
    for (;;) {
      const line = this.#lines[this.#at];
      if (line === undefined || !/^#( |$)/.test(line.slice(indent.length))) return lines;
      if (!line.startsWith(indent)) return lines;
      lines.push(line.slice(indent.length + 2));
      this.#at++;
    }
  }

  #take<T>(indent: string, read: (line: string) => T | undefined): T {
    const line = this.#lines[this.#at] ?? '';
    const found = line.startsWith(indent) ? read(line.slice(indent.length)) : undefined;
    if (found === undefined) throw this.#strange();
    this.#at++;
    return found;
  }

  #strange(back = 0): Error {
    const line = this.#lines[this.#at + back] ?? 'the end';
    return new Error(`line ${this.#at + back + 1} is not KTAP here: ${line}`);
  }
}
