import type { JSX } from 'preact';
import { edgeOf } from '../../../tcp/states/edges.ts';
import type { Say } from '../../../texts/say.ts';
import { WITNESSES, witnessInWords } from './words.ts';

/** What the lines and the raised signs mean. */
export const Legend = ({ t }: { t: Say }): JSX.Element => (
  <details class="legend">
    <summary aria-label={t('Figure 5 of RFC 9293, with its notes')}>?</summary>
    <p>{t('Figure 5 of RFC 9293, with its notes')}</p>
    <ul class="witnesses state-diagram">
      {WITNESSES.map((witness) => (
        <li key={witness}>
          <svg viewBox="0 0 34 10" width="34" height="10" aria-hidden="true">
            <g class={`edge visited over ${witness}`}>
              <path class="line" d="M2,5 L32,5" />
            </g>
          </svg>
          {witnessInWords(witness, t)}
        </li>
      ))}
    </ul>
    <ul>
      <li>¹ {t('only where SYN-RECEIVED came from LISTEN')}</li>
      <li>² {t('not drawn in the figure: the FIN that comes acknowledges ours too')}</li>
      <li>
        ³ {t('a RST that comes leads to CLOSED, from every state that is marked so')};{' '}
        {t('one that is sent leads to TIME-WAIT in the figure, and to CLOSED on Linux')}
      </li>
      <li>† {t('Linux has this edge, the figure has not')}</li>
      <li>
        * {t('not on Linux')}: {t(edgeOf('LISTEN -> SYN-SENT').linux?.does ?? '')}
      </li>
    </ul>
  </details>
);
