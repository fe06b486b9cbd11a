import { expect, test } from 'vitest';
import { renderOverview } from './overview-text.ts';
import { english } from '../../texts/say.ts';
import { styleFor } from './style.ts';

test('several labs at a glance', () => {
  const style = { ...styleFor({}, { LANG: 'C.UTF-8' }, english), columns: 80 };
  const lines = renderOverview(
    [
      { lab: 'bind', status: 'passed', took: 1234, bundle: 'runs/bind' },
      {
        lab: 'time-wait',
        status: 'failed',
        took: 900,
        message: `expected ${'a'.repeat(90)}\n  more`,
      },
      { lab: 'reset', status: 'broken', took: 12_345, message: 'no Docker daemon answers' },
      { lab: 'close', status: 'not run', message: 'interrupted' },
    ],
    style,
  );
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    ✓ bind        1.23 s  runs/bind
    ✗ time-wait   900 ms  failed: expected aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
    ✗ reset       12.3 s  broken: no Docker daemon answers
    · close               not run: interrupted

    1 passed, 1 failed, 1 broken, 1 not run
    "
  `);
});
