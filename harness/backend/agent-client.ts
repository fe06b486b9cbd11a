import type { Readable } from 'node:stream';
import { readLines } from '../agent/lines.ts';
import type { FromAgent, Notice, Operation, Operations } from '../agent/protocol.ts';
import { withDeadline } from '../deadline.ts';
import type { HostName } from '../evidence/events.ts';
import { told, ToldError, type Told } from '../told.ts';

/** Milliseconds; an agent answers in a few, and on a busy machine in a few hundred. */
const ANSWERS_WITHIN = 20_000;

/** An operation that the agent refused or that failed in its host. */
export class AgentError extends ToldError {
  override readonly name = 'AgentError';
  readonly operation: Operation;
  readonly code: string;
  /** What its message says behind the operation's name. */
  readonly why: Told;
  constructor(operation: Operation, { code, message }: { code: string; message: Told }) {
    super(told('{op}: {why}', { op: operation, why: message }));
    this.operation = operation;
    this.code = code;
    this.why = message;
  }
}

interface Pending {
  operation: Operation;
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** The harness's end of the byte stream to one agent. */
export class AgentClient {
  /** Resolves when the agent's stream has ended. */
  readonly ended: Promise<void>;
  readonly #host: HostName;
  readonly #input: NodeJS.WritableStream;
  readonly #pending = new Map<number, Pending>();
  #listener: (notice: Notice) => void = () => undefined;
  #lastId = 0;
  #over = false;

  constructor(
    host: HostName,
    input: NodeJS.WritableStream,
    output: Readable,
    lastWords: () => string,
  ) {
    this.#host = host;
    this.#input = input;
    input.on('error', () => undefined);
    const heard = readLines(output, (line) => {
      const message = parsed(line);
      if (message !== undefined) this.#receive(message);
    });
    this.ended = heard.then(() => {
      this.#over = true;
      const why = lastWords().trim();
      const message =
        why === '' ? told('the agent has ended') : told('the agent has ended {why}', { why });
      for (const { operation, reject } of this.#pending.values())
        reject(new AgentError(operation, { code: 'AGENT', message }));
      this.#pending.clear();
    });
  }

  /** All notices go to this listener, in the agent's order. */
  listen(listener: (notice: Notice) => void): void {
    this.#listener = listener;
  }

  /** @throws AgentError, and DeadlineError when no answer comes. */
  call<O extends Operation>(op: O, args: Operations[O]['args']): Promise<Operations[O]['value']> {
    if (this.#over) {
      const message = told('the agent has ended');
      return Promise.reject(new AgentError(op, { code: 'AGENT', message }));
    }
    const id = ++this.#lastId;
    const answer = new Promise<Operations[O]['value']>((resolve, reject) => {
      this.#pending.set(id, { operation: op, resolve, reject });
      this.#input.write(`${JSON.stringify({ id, op, args })}\n`);
    });
    // What waits for something in its host says for how long.
    const { within = 0 } = args as { within?: number };
    const what = told("the {host} to answer '{op}'", { host: told(this.#host), op });
    return withDeadline(what, within + ANSWERS_WITHIN, answer);
  }

  /** Lets the agent see end-of-file: it ends what runs in its host, and leaves. */
  close(): void {
    this.#input.end();
  }

  #receive(message: FromAgent): void {
    if ('notice' in message) {
      this.#listener(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    if (message.ok) pending.resolve(message.value as never);
    else pending.reject(new AgentError(pending.operation, message.error));
  }
}

/** Undefined for what was cut short: an agent may be killed while it speaks. */
function parsed(line: string): FromAgent | undefined {
  try {
    return JSON.parse(line) as FromAgent;
  } catch {
    return undefined;
  }
}
