import Docker from 'dockerode';
import { Interrupted, unlessAborted, withDeadline } from '../deadline.ts';
import { BackendError } from './errors.ts';
import { told, type Told } from '../told.ts';

/** Milliseconds. A daemon answers in a few; to start or remove a container on a busy machine, in some thousand. */
const ANSWERS_WITHIN = 30_000;
/** Milliseconds for what takes its time: to receive an image's base, to tell when something has happened. */
const TELLS_WITHIN = 600_000;
/** Milliseconds that a daemon has to show that it lives when somebody wants to leave. */
const ALIVE_WITHIN = 1000;

/** A client of Docker's daemon that waits for no answer without end. */
export interface DockerClient {
  docker: Docker;
  /** A request was given up: the daemon may carry it out all the same, later. */
  isInDoubt: () => boolean;
}

export interface Patience {
  /** Milliseconds within which each answer begins. */
  answersWithin?: number;
  /** Aborted by an interruption while the daemon does not even answer a ping: all requests are given up. */
  signal?: AbortSignal;
}

/** DOCKER_HOST and its kin are respected (docker-modem). */
export function connect({ answersWithin = ANSWERS_WITHIN, signal }: Patience = {}): DockerClient {
  const docker = new Docker();
  const modem = docker.modem as Modem;
  const dial = modem.dial.bind(modem);
  const hangUp = new AbortController();
  let doubtful = false;
  modem.dial = (request, callback) => {
    const end = new AbortController();
    const signals = [end.signal, ...(request.abortSignal ? [request.abortSignal] : [])];
    const answer = new Promise((resolve, reject) => {
      dial({ ...request, abortSignal: AbortSignal.any(signals) }, (error, value) => {
        if (error === null) resolve(value);
        else reject(error);
      });
    });
    const inTime = withDeadline(nameOf(request), deadlineOf(request, answersWithin), answer);
    unlessAborted(hangUp.signal, inTime).then(
      (value) => {
        callback(null, value);
      },
      (error: unknown) => {
        doubtful ||= !('statusCode' in (error as object));
        end.abort();
        callback(error as Error, null);
      },
    );
  };
  signal?.addEventListener('abort', () => {
    if (signal.reason instanceof Interrupted) void leave(hangUp);
  });
  return { docker, isInDoubt: () => doubtful };
}

/** Gives all requests up, unless the daemon shows that it lives: then what it is at will soon be done. */
async function leave(hangUp: AbortController): Promise<void> {
  try {
    await connect({ answersWithin: ALIVE_WITHIN }).docker.ping();
  } catch (cause) {
    hangUp.abort(new BackendError(told('the daemon does not answer any more'), { cause }));
  }
}

/** Of docker-modem: the one way that every request takes. */
interface Modem {
  dial(request: Request, callback: (error: Error | null, value: unknown) => void): void;
}

interface Request {
  method: string;
  path: string;
  file?: unknown;
  abortSignal?: AbortSignal;
}

/** `POST /containers/1a2b3c4d5e6f/start` */
function nameOf({ method, path }: Request): Told {
  const [what = ''] = path.split('?', 1);
  const shortened = what.replace(/[0-9a-f]{64}/, (id) => id.slice(0, 12));
  return told('the daemon to answer {command}', { command: `${method} ${shortened}` });
}

const deadlineOf = ({ path, file }: Request, answersWithin: number): number =>
  file === undefined && !/\/wait\b/.test(path) ? answersWithin : TELLS_WITHIN;
