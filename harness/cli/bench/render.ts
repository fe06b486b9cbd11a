/** `render.ts BUNDLE`: prints how many milliseconds its ladder and report take, in a process that has made none before. */
import { readBundle } from '../../evidence/bundle.ts';
import { ladderOf } from '../../present/ladder/ladder.ts';
import { renderLadder } from '../../present/terminal/ladder/ladder-text.ts';
import { plainStyle } from '../../present/terminal/style.ts';
import { reportHtml } from '../show/report.ts';

const { events, pcaps, result, manifest } = await readBundle(process.argv[2] ?? '');
const began = performance.now();
renderLadder(ladderOf(events), plainStyle(80));
const { command } = manifest;
await reportHtml({ events, pcaps, about: { claims: result.claims, command } });
console.log(performance.now() - began);
