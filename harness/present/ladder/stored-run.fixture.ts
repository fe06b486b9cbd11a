import { readFileSync } from 'node:fs';
import type { LabEvent } from '../../evidence/events.ts';

/**
 * The events of a run that was made on Linux 6.18, in stored/: those that a ladder shows, samples only
 * where they changed, without what no ladder reads.
 */
export const storedRun = (lab: string): LabEvent[] =>
  readFileSync(new URL(`stored/${lab}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabEvent);
