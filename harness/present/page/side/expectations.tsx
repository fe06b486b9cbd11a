import type { JSX } from 'preact';
import type { LabStep } from '../../../history/lab.ts';
import type { ExpectationRow } from '../../ladder/types.ts';
import type { Scene } from '../ladder/scene.ts';
import { useSay } from '../contexts.ts';
import {
  askedInWords,
  patternInWords,
  seenInWords,
  statementInWords,
} from '../../../words/verdicts.ts';
import type { View } from '../view.ts';

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
      <h2>{t('Steps and checks')}</h2>
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
                  <Words row={row} scene={scene} />
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

function Words({ row, scene }: { row: ExpectationRow; scene: Scene }): JSX.Element {
  const t = useSay();
  if (row.verdict === 'failed') return <Failure row={row} scene={scene} />;
  const seen = seenInWords(row.stated, scene.run.history, t);
  return (
    <span class="words">
      <What row={row} scene={scene} />
      <small>{seen?.text ?? t('not tried to the end')}</small>
      {seen?.details.map((line) => (
        <small key={line}>{line}</small>
      ))}
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
          <Failure row={row} scene={scene} />
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

/** What is so, or was expected; a packet pattern with a line for each of its own. */
function What({
  row: { stated, verdict },
  scene,
}: {
  row: ExpectationRow;
  scene: Scene;
}): JSX.Element {
  const t = useSay();
  const pattern = patternInWords(stated.expect, t);
  const inWords = verdict === 'met' ? statementInWords : askedInWords;
  if (pattern === undefined) return <span>{inWords(stated.expect, t, scene.run.history)}</span>;
  return (
    <span>
      {pattern.intro}
      {pattern.lines.map((line, i) => (
        <code key={i}>{line}</code>
      ))}
    </span>
  );
}

/** What was expected, what was there instead, and the nearest miss as the verdict tells it. */
function Failure({ row, scene }: { row: ExpectationRow; scene: Scene }): JSX.Element {
  const t = useSay();
  const seen = seenInWords(row.stated, scene.run.history, t);
  const { at } = row.stated.expect;
  return (
    <span class="words failure">
      <span class="expected">
        <small>{t('expected')}</small>
        <What row={row} scene={scene} />
      </span>
      <span class="seen">
        <small>{t('seen')}</small>
        {seen?.text}
      </span>
      {at !== undefined && (
        <small class="code">
          {at.file}:{at.line}
        </small>
      )}
      {seen !== undefined && seen.details.length > 0 && <pre>{seen.details.join('\n')}</pre>}
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
