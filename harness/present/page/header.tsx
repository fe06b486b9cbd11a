import type { JSX } from 'preact';
import { Downloads } from './downloads.tsx';
import { Glossary } from './glossary.tsx';
import { LanguageSwitch, type Language } from './language.tsx';
import type { Run } from './run.ts';
import { Verdict } from './side/summary.tsx';
import { useSay } from './contexts.ts';

/** What the run is of, how it came out, and what can be had of it: one line. */
export function Header({
  run,
  language,
  chooseLanguage,
}: {
  run: Run;
  language: Language;
  chooseLanguage: (language: Language) => void;
}): JSX.Element {
  const t = useSay();
  const about = run.history.run;
  return (
    <header class="masthead">
      <span class="name">
        Socket Lab <b>{about?.lab}</b>
      </span>
      <h1>{t(about?.title ?? '')}</h1>
      <Verdict history={run.history} />
      <span class="tools">
        <Glossary run={run} />
        <Downloads run={run} />
        <LanguageSwitch language={language} choose={chooseLanguage} />
      </span>
    </header>
  );
}
