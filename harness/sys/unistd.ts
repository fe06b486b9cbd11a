import * as libc from './libc.ts';

/** `sleep` (sleep(3)): blocks for so many seconds. */
export const sleep = (seconds: number): number => libc.sleep(seconds);
