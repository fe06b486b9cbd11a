import { expect, test } from 'vitest';
import { labNames } from '../catalogue/catalogue.ts';
import { COMMANDS } from './command-line.ts';
import { buildProgram } from './program.ts';

test('commands are those that are declared, and no lab has the name of one', async () => {
  const names = buildProgram(() => undefined).commands.map((command) => command.name());
  expect(names).toEqual(COMMANDS);
  for (const lab of await labNames()) expect([...names, 'help']).not.toContain(lab);
});
