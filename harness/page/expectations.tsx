import type { JSX } from 'preact';
import type { LabStep } from '../history/lab.ts';
import type { ExpectationRow } from '../report/ladder/types.ts';
import type { Scene } from './scene.ts';
import { useSay } from './say-context.ts';
import type { View } from './view.ts';

interface Group {
  step?: LabStep;
  expectations: ExpectationRow[];
}

/** Steps and what was expected in them. Choosing one marks its events wherever they are. */
export function Expectations({
  scene,
  view,
  choose,
}: {
  scene: Scene;
  view: View;
  choose: (row: ExpectationRow) => void;
}): JSX.Element {
  const t = useSay();
  return (
    <section class="expectations">
      <h2>{t('Steps and expectations')}</h2>
      {groupsOf(scene).map(({ step, expectations }, index) => (
        <section key={index}>
          {step !== undefined && <h3>{t(step.title)}</h3>}
          <ol>
            {expectations.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  class={`expectation ${row.verdict}`}
                  aria-pressed={view.expectation === row.id}
                  data-expectation={row.id}
                  onClick={() => {
                    choose(row);
                  }}
                >
                  <span class="sign" aria-label={t(row.verdict)}>
                    {SIGNS[row.verdict]}
                  </span>
                  <Words row={row} />
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

const SIGNS = { met: '✓', failed: '✗', untried: '–' };

function Words({ row }: { row: ExpectationRow }): JSX.Element {
  const t = useSay();
  if (row.verdict === 'failed') return <Failure row={row} />;
  return (
    <span class="words">
      <Pattern text={t(row.text)} />
      {row.verdict === 'met' ? (
        <small>{t(row.seen)}</small>
      ) : (
        <small>{t('not tried to the end')}</small>
      )}
    </span>
  );
}

/** What failed, where a reader begins: expected against seen, and the way to where it is. */
export function Failures({
  scene,
  choose,
}: {
  scene: Scene;
  choose: (row: ExpectationRow) => void;
}): JSX.Element | null {
  const t = useSay();
  const failed = scene.verdicts.filter(({ verdict }) => verdict === 'failed');
  if (failed.length === 0) return null;
  return (
    <section class="failures">
      {failed.map((row) => (
        <div key={row.id}>
          <Failure row={row} />
          <button
            type="button"
            class="link"
            onClick={() => {
              choose(row);
            }}
          >
            {t('Show where')}
          </button>
        </div>
      ))}
    </section>
  );
}

/** A packet pattern is told in one line, its own lines parted by ` / `. */
function Pattern({ text }: { text: string }): JSX.Element {
  const [, intro, lines] = /^(.*?) ((?:server|client) > .*)$/.exec(text) ?? [];
  if (intro === undefined || lines === undefined) return <span>{text}</span>;
  return (
    <span>
      {intro}
      {lines.split(' / ').map((line) => (
        <code key={line}>{line}</code>
      ))}
    </span>
  );
}

/** What was expected, what was there instead, and the nearest miss as the verdict tells it. */
function Failure({ row }: { row: ExpectationRow }): JSX.Element {
  const t = useSay();
  const [reason = '', ...details] = row.seen.split('\n');
  const [, seen = reason] = /^expected .*, saw (.*)$/.exec(reason) ?? [];
  return (
    <span class="words failure">
      <span class="expected">
        <small>{t('expected')}</small>
        <Pattern text={t(row.text)} />
      </span>
      <span class="seen">
        <small>{t('seen')}</small>
        {t(seen)}
      </span>
      {details.length > 0 && <pre>{t(details.join('\n'))}</pre>}
    </span>
  );
}

function groupsOf({ run: { history }, verdicts }: Scene): Group[] {
  const byId = new Map(verdicts.map((row) => [row.id, row]));
  const groups: Group[] = [];
  let inside: LabStep | undefined;
  for (const { id, step } of history.lab.expectations) {
    const row = byId.get(id);
    if (row === undefined) continue;
    if (step !== inside || groups.length === 0)
      groups.push({ ...(step && { step }), expectations: [] });
    inside = step;
    groups.at(-1)?.expectations.push(row);
  }
  return groups;
}
