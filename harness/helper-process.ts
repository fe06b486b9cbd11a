import { isOverWithin, withDeadline } from './deadline.ts';
import { told, type Told } from './told.ts';

/** Milliseconds. A helper that is told to leave does so in a few; what has not by then is killed. */
const LEAVES_WITHIN = 1000;
/** Milliseconds; what is killed is gone in a few, unless the kernel itself cannot let it go. */
const GONE_WITHIN = 20_000;

/** A process that leads a group of its own (execa, `detached`); settled when it and its streams have ended. */
export type Helper = Promise<unknown> & { pid?: number };

/**
 * Resolves when a helper that has been told to leave is gone, in time or killed with all of its group
 * (a stopped one, too); says which.
 * @throws DeadlineError
 */
export async function gone(what: Told, helper: Helper): Promise<'left' | 'killed'> {
  if (await isOverWithin(LEAVES_WITHIN, helper)) return 'left';
  killGroup(helper.pid);
  await withDeadline(told('{what} to end', { what }), GONE_WITHIN, helper);
  return 'killed';
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
