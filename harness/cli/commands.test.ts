import { expect, test } from 'vitest';
import { labNames } from '../catalogue/catalogue.ts';
import { COMMANDS } from './command-line.ts';
import { buildCommands } from './commands.ts';

test('commands are those that are declared, and no lab has the name of one', async () => {
  const names = buildCommands(() => undefined).commands.map((command) => command.name());
  expect(names).toEqual(COMMANDS);
  for (const lab of await labNames()) expect([...names, 'help']).not.toContain(lab);
});
