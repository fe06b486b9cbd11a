import { expect, test } from 'vitest';
import { explain } from '../errors.ts';
import { checkTools } from './tools.ts';

const PATH = process.env['PATH'];

test('WSL 1 is refused by name', () => {
  let said = '';
  try {
    checkTools('linux', PATH, '4.4.0-19041-Microsoft');
  } catch (error) {
    const { code, text } = explain(error);
    said = `${code}: ${text}`;
  }
  expect(said).toBe(
    '3: WSL 1 has no network namespaces (4.4.0-19041-Microsoft); make it WSL 2: wsl --set-version DISTRIBUTION 2',
  );
});

test('WSL 2 is a Linux like any other', () => {
  const [one, two] = ['5.15.167.4-microsoft-standard-WSL2', '6.18.44'].map((kernel) => {
    try {
      checkTools('linux', '/nowhere', kernel);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  });
  // There is nothing at /nowhere; that is all that is wrong.
  expect(one).toMatch(/^not installed: /);
  expect(one).toBe(two);
});
