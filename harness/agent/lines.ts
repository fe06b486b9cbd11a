import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * Calls `onLine` for every line of a stream and resolves when the stream has given all it had.
 * What follows the last newline is a line too. A terminal ends with EIO, which is its end-of-file.
 * More than `limit` octets: `onExcess` is called once and the rest is read and thrown away.
 */
export function readLines(
  readable: Readable,
  onLine: (line: string) => void,
  { limit = Infinity, onExcess = () => undefined }: { limit?: number; onExcess?: () => void } = {},
): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let octets = 0;
  let rest = '';
  readable.on('data', (chunk: Buffer) => {
    if (octets > limit) return;
    octets += chunk.length;
    if (octets > limit) {
      onExcess();
      return;
    }
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  });
  return new Promise((resolve) => {
    readable.once('error', () => undefined);
    readable.once('close', () => {
      rest += decoder.end();
      if (rest !== '' && octets <= limit) onLine(rest);
      resolve();
    });
  });
}
