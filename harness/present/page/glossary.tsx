import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useSay } from './contexts.ts';
import type { Run } from './run.ts';

/** What the words mean, in a sheet above the page; found by any of their names. */
export function Glossary({ run: { about } }: { run: Run }): JSX.Element | null {
  const t = useSay();
  const sheet = useRef<HTMLDialogElement>(null);
  const [sought, seek] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { glossary } = about;
  if (glossary === undefined) return null;
  const word = sought.trim().toLowerCase();
  const isSought = (texts: readonly string[]): boolean =>
    texts.some((text) => text.toLowerCase().includes(word));
  return (
    <>
      <button
        type="button"
        class="link"
        onClick={() => {
          setOpen(true);
          sheet.current?.showModal();
        }}
      >
        {t('Glossary')}
      </button>
      <dialog
        class="glossary"
        ref={sheet}
        aria-label={t('Glossary')}
        onClose={() => {
          setOpen(false);
        }}
      >
        {isOpen && (
          <>
            <form method="dialog">
              <input
                type="search"
                aria-label={t('Find a word')}
                placeholder={t('Find a word')}
                value={sought}
                onInput={({ currentTarget }) => {
                  seek(currentTarget.value);
                }}
              />
              <button type="submit">{t('Close')}</button>
            </form>
            {glossary.map(({ title, terms }) => {
              const found = terms.filter(({ term, also, meaning }) =>
                isSought([term, ...also, t(meaning)]),
              );
              return found.length === 0 ? null : (
                <section key={title}>
                  <h2>{t(title)}</h2>
                  <dl>
                    {found.map(({ term, also, meaning, labs }) => (
                      <div key={term}>
                        <dt>
                          {term} {also.length > 0 && <small>{also.join(', ')}</small>}
                        </dt>
                        <dd>
                          {t(meaning)}{' '}
                          {labs.length > 0 && (
                            <small>{t('labs: {names}', { names: labs.join(', ') })}</small>
                          )}
                        </dd>
                      </div>
                    ))}
                  </dl>
                </section>
              );
            })}
          </>
        )}
      </dialog>
    </>
  );
}
