/** `render.ts BUNDLE`: prints how many milliseconds its ladder and report take, in a process that has made none before. */
import { readBundle } from '../../evidence/bundle.ts';
import { ladderOf } from '../../report/ladder/ladder.ts';
import { renderLadder } from '../../report/ladder-text/ladder-text.ts';
import { plainStyle } from '../../report/style.ts';
import { reportHtml } from '../show/report.ts';

const { events, pcaps, result, manifest } = await readBundle(process.argv[2] ?? '');
const began = performance.now();
renderLadder(ladderOf(events), plainStyle(80));
const { command } = manifest;
await reportHtml({ events, pcaps, about: { claims: result.claims, command } });
console.log(performance.now() - began);
