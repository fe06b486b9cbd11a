/**
 * Scripts of socket calls, a line each, with the result behind ` = ` as strace prints it:
 *
 *     socket                      = 3
 *     bind 3 server:6000                       # any success
 *     connect 3 client:7000       = ECONNREFUSED
 *     send 4 "hello"              = 5
 *     send 4 len=8192             = N          # 8192 octets of x; as much as there was room for
 *     recv 4                      = 2 "ok"
 *
 * - Text that is sent or received stands in double quotes, and nothing else does: no `#`, `=` or `N` in
 *   it means anything. A quote, a backslash and a line end in it are `\"`, `\\` and `\n`, as strace prints
 *   them.
 * - `server` and `client` before a port stand for the hosts' addresses.
 * - A result is an error's name, or what the call returns; what the kernel filled in may be left out
 *   (`accept 3 = 4`). Without one any success will do.
 * - `N` in a result stands for any number but 0: `accept 3 = 4 client:N`.
 * - `#` begins a comment.
 */
import type { CallResult } from '../evidence/expectations.ts';
import { told } from '../told.ts';
import { CallScriptError, checkCall } from './calls.ts';

export { CallScriptError };

export interface ScriptedCall {
  call: string;
  wanted: CallResult;
}

/**
 * Reads a script; `addressed` puts addresses where hosts stand.
 * @throws CallScriptError
 */
export const parseCalls = (
  script: string,
  addressed: (text: string) => string = (text) => text,
): ScriptedCall[] =>
  script.split('\n').flatMap((line) => {
    const parts = partsOf(line);
    const [call = '', wanted] = splitAtEquals(parts.map((part) => unlessQuoted(part, addressed)));
    if (call === '' && wanted === undefined) return [];
    if (call === '' || wanted === '')
      throw new CallScriptError(
        told("'{line}': a call, and perhaps its result behind ' = '", { line: line.trim() }),
      );
    checkCall(call);
    return [{ call, wanted: resultOf(wanted) }];
  });

/** What stands in quotes, with them, and what between, in turn; without its comment. */
function partsOf(line: string): string[] {
  const parts: string[] = line.match(/"(?:[^"\\]|\\.)*"|[^"#]+|#.*|"/g) ?? [];
  if (parts.includes('"'))
    throw new CallScriptError(
      told("'{line}': its quotes do not fit: a text stands in two of them", { line: line.trim() }),
    );
  return parts.filter((part) => !part.startsWith('#'));
}

const unlessQuoted = (part: string, change: (text: string) => string): string =>
  part.startsWith('"') ? part : change(part);

function splitAtEquals(parts: readonly string[]): string[] {
  const sides = [''];
  for (const part of parts) {
    const [first = '', ...others] = part.startsWith('"') ? [part] : part.split(/\s+=(?:\s+|$)/);
    sides.push((sides.pop() ?? '') + first, ...others);
  }
  return sides.map((side) => side.trim());
}

/** `EADDRINUSE` is a failure; all else a result as printed, and nothing any success. */
function resultOf(wanted: string | undefined): CallResult {
  if (wanted !== undefined && /^E[A-Z0-9]+$/.test(wanted)) return { code: wanted };
  return wanted === undefined ? {} : { result: wanted };
}
