/** `npm run reference`: writes docs/vocabulary.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../installation.ts';
import example from '../../../docs/example.ts';
import { exampleEvents, exampleRun, reference } from './reference.ts';

const FILE = join(ROOT, 'docs/vocabulary.md');

const config = await resolveConfig(FILE);
writeFileSync(
  FILE,
  await format(reference(exampleRun(example, exampleEvents())), { ...config, parser: 'markdown' }),
);
