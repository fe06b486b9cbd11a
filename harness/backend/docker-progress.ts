import { withDeadline } from '../deadline.ts';
import { told, ToldError, verbatim, type Told } from '../told.ts';

/** Milliseconds without a word: a pull or a build says something every few seconds. */
const SILENT_FOR = 600_000;

/** Receives what Docker reports while it works, one non-empty line at a time. */
export type OnProgress = (line: string) => void;

interface DockerEvent {
  /** output of a build step */
  stream?: string;
  /** what a pull or an import is doing; the last one of an import is the image's id */
  status?: string;
  /** the work failed; the HTTP status was 200 long before */
  error?: string;
}

/**
 * Reads the answer of a build, a pull or an import (Docker Engine API: a stream of JSON objects,
 * one a line) to its end.
 * @returns the last `status`, if any
 * @throws Error with Docker's own message when the work failed
 */
export async function followDocker(
  answer: NodeJS.ReadableStream,
  onProgress: OnProgress,
): Promise<string | undefined> {
  let status: string | undefined;
  for await (const line of linesOf(answer)) {
    const event = JSON.parse(line) as DockerEvent;
    if (event.error !== undefined) throw new Error(event.error);
    status = event.status ?? status;
    for (const text of (event.stream ?? event.status ?? '').split('\n')) {
      if (text.trim() !== '') onProgress(text.trimEnd());
    }
  }
  return status;
}

/** What went wrong: what we say of it, or the first line of what Docker does. */
export function reasonOf(error: unknown): Told {
  if (error instanceof ToldError) return error.told;
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return verbatim((json?.message ?? message ?? String(error)).trim().split('\n', 1)[0] ?? '');
}

// readline's iterator would lose the stream's errors.
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of inTime(stream)) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

/** The chunks of a stream, as long as it does not fall silent. @throws DeadlineError */
async function* inTime(stream: NodeJS.ReadableStream): AsyncGenerator {
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const chunk = await withDeadline(told('the daemon to go on'), SILENT_FOR, chunks.next());
    if (chunk.done === true) return;
    yield chunk.value;
  }
}
