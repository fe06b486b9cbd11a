import { arch, release, type } from 'node:os';
import type { Finding } from './finding.ts';
import { told, verbatim } from '../../told.ts';

export const checkNode = (): Finding => ({
  name: verbatim('node'),
  ok: true,
  found: verbatim(process.version),
});

export const checkKernel = (): Finding => ({
  name: told('kernel'),
  ok: true,
  found: verbatim(`${type()} ${release()} ${arch()}`),
});
