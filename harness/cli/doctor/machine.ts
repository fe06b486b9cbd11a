import { arch, release, type } from 'node:os';
import type { Finding } from './finding.ts';

export const checkNode = (): Finding => ({ name: 'node', ok: true, text: process.version });

export const checkKernel = (): Finding => ({
  name: 'kernel',
  ok: true,
  text: `${type()} ${release()} ${arch()}`,
});
