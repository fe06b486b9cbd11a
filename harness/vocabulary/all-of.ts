/**
 * Waits for all of them, also when one has failed; of several failures the first in their order is
 * told, not the first in time, which may differ from run to run.
 */
export async function allOf(promises: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(promises);
  const broken = settled.find(({ status }) => status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
}
