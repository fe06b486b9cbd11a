import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeAndRemove } from '../../evidence/make-and-remove.ts';
import { REPORTER_NAMES, type ReporterName } from '../../present/machine/names.ts';
import { UsageError } from '../errors.ts';
import { told } from '../../told.ts';

/** A report that was asked for. */
export interface Reporting {
  name: ReporterName;
  /** Absent: stdout. */
  file?: string;
}

/** GitHub's file for the job summary. */
export const SUMMARY_VARIABLE = 'GITHUB_STEP_SUMMARY';

/**
 * What `--reporter NAME[=FILE]` asks for. Nothing is written yet.
 * @throws UsageError for an unknown name, and for two reports in one place
 */
export function reportings(options: readonly string[], json: boolean): Reporting[] {
  const all = options.map(parse);
  const taken = new Map(json ? [['stdout', '--json']] : []);
  for (const { name, file } of all) {
    const place = file === undefined ? 'stdout' : resolve(file);
    const other = taken.get(place);
    if (other !== undefined) {
      throw new UsageError(
        told(
          '{other} and --reporter {name} cannot both have {place}: give --reporter {name}=FILE',
          { other, name, place },
        ),
      );
    }
    taken.set(place, `--reporter ${name}`);
  }
  return all;
}

function parse(option: string): Reporting {
  const [, word = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(option) ?? [];
  const name = REPORTER_NAMES.find((known) => known === word);
  if (name === undefined) {
    const params = { word, names: REPORTER_NAMES.join(', ') };
    throw new UsageError(told("--reporter is '{word}'; it is one of: {names}", params));
  }
  if (file === '')
    throw new UsageError(
      told('an option lacks its value: {option}', { option: `--reporter ${name}=FILE` }),
    );
  return file === undefined ? { name } : { name, file };
}

/** @throws UsageError when a report could not be written in the end */
export async function checkReportings(
  all: readonly Reporting[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  for (const { name, file } of all) {
    if (file !== undefined) await checkFile(file, `--reporter ${name}`);
    const summary = env[SUMMARY_VARIABLE] ?? '';
    if (name === 'github' && summary !== '') await checkFile(summary, SUMMARY_VARIABLE);
  }
}

/** What access(2) says is not what open(2) does: it is opened, and is as it was afterwards. */
async function checkFile(file: string, asker: string): Promise<void> {
  try {
    if (!existsSync(dirname(file))) {
      await makeAndRemove(dirname(file));
      return;
    }
    const there = existsSync(file);
    await (await open(file, 'a')).close();
    if (!there) await rm(file);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      told('cannot write to {file} ({code}), where {asker} is to go', { file, code, asker }),
    );
  }
}
