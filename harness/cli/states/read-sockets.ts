import { execa, ExecaError } from 'execa';
import { BackendError } from '../../backend/errors.ts';
import { selectBackend, type Wanted } from '../../backend/select.ts';
import { installHint } from '../setup/install-hint.ts';
import { missingTools, searchFolders } from '../setup/tools.mjs';
import { remark } from '../process.ts';
import { told, verbatim, type Told } from '../../told.ts';

/** All that is counted: state, queues and addresses of every TCP socket, listeners too. */
const SS = ['ss', '-Htan'] as const;

export interface Sockets {
  /** Whose they are, as the end of "TCP sockets of ...". */
  whose: Told;
  /** What `ss` printed. */
  printed: string;
}

/**
 * Reads the sockets of this machine, or of Docker's.
 * @throws BackendError when there is nobody to ask; ImageError
 */
export async function readSockets(
  wanted: Wanted | undefined,
  signal: AbortSignal,
): Promise<Sockets> {
  const selection = wanted === undefined ? undefined : await selectBackend(wanted, process.env);
  const printed =
    selection?.backend.name === 'docker' ? await askDocker(signal) : await askThisMachine();
  signal.throwIfAborted();
  const whose =
    selection?.backend.name === 'docker'
      ? told('the machine that Docker runs on')
      : told('this machine');
  return { whose, printed };
}

async function askDocker(signal: AbortSignal): Promise<string> {
  const { runOnDockersMachine } = await import('../../backend/docker-command.ts');
  const progress = (line: string): void => {
    remark(line);
  };
  return runOnDockersMachine(SS, progress, signal);
}

async function askThisMachine(): Promise<string> {
  if (process.platform !== 'linux') {
    throw new BackendError(told('ss is there on Linux only'), {
      hint: told('--backend docker counts the sockets of the machine that Docker runs on'),
    });
  }
  if (missingTools(searchFolders(process.env['PATH']), ['ss']).length > 0) {
    throw new BackendError(told('not installed: {names}', { names: 'ss' }), {
      hint: installHint(['ss']),
    });
  }
  try {
    const [file, ...args] = SS;
    return (await execa(file, args)).stdout;
  } catch (cause) {
    if (!(cause instanceof ExecaError)) throw cause;
    throw new BackendError(verbatim(cause.shortMessage), { cause });
  }
}
