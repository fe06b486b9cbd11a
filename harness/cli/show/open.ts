import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { told, verbatim, type Told } from '../../told.ts';

/**
 * Opens a file in what this machine reads it with: a browser, for a report.
 * @returns what to say: that it is open, or where it is when nothing here can open it
 */
export async function openFile(file: string, { platform, env } = process): Promise<Told> {
  const path = resolve(file);
  const opener = platform === 'darwin' ? 'open' : 'xdg-open';
  if (!isInstalled(opener, env['PATH'])) {
    const params = { file: path, program: opener };
    return told('{file}: open it in a browser (no {program} here)', params);
  }
  const { failed, shortMessage } = await execa(opener, [path], {
    env,
    reject: false,
    stdio: 'ignore',
  });
  return failed
    ? told('{file}: open it in a browser ({why})', { file: path, why: shortMessage ?? '' })
    : verbatim(path);
}

const isInstalled = (program: string, path = ''): boolean =>
  path.split(delimiter).some((dir) => existsSync(join(dir, program)));
