/** The text of a run's index: every lab of it, how it came out, and where its report is. */
import type { Line } from '../terminal/overview-text.ts';
import { duration } from '../../words/units.ts';
import type { Say } from '../../texts/say.ts';
import { escapeHtml, policyFor } from './html.ts';

export interface IndexLine extends Line {
  title: string;
  /** Its report, from where the index is; absent where there is none. */
  href?: string;
}

const STATUSES = ['failed', 'broken', 'interrupted', 'not run', 'passed'] as const;

/** The labs in the order given; nothing is loaded, and nothing runs. */
export function indexHtml(lines: readonly IndexLine[], t: Say): string {
  const counts = STATUSES.flatMap((status) => {
    const n = lines.filter((line) => line.status === status).length;
    return n === 0 ? [] : [`<b class="${classOf(status)}">${n} ${escapeHtml(t(status))}</b>`];
  });
  return `<!doctype html>
<html lang="${t('passed') === 'passed' ? 'en' : 'zh'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor({ script: '', style: STYLE })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Socket Lab: ${escapeHtml(t('{n} labs', { n: lines.length }))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>Socket Lab</h1>
<p>${counts.join(' ')}</p>
<table>
<tbody>
${lines.map((line) => rowOf(line, t)).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function rowOf({ lab, title, status, took, message, href }: IndexLine, t: Say): string {
  const name = escapeHtml(lab);
  const link = href === undefined ? name : `<a href="${escapeHtml(href)}">${name}</a>`;
  const why = status === 'passed' ? '' : (message?.split('\n')[0] ?? '');
  return `<tr class="${classOf(status)}"><td>${status === 'passed' ? '✓' : '✗'} ${escapeHtml(t(status))}</td>
<th scope="row">${link}</th><td>${escapeHtml(t(title))}${why === '' ? '' : `<br><em>${escapeHtml(why)}</em>`}</td>
<td>${took === undefined ? '' : duration(took * 1e6)}</td></tr>`;
}

const classOf = (status: string): string => status.replace(' ', '-');

const STYLE = `:root{color-scheme:light dark;--ink:#1c2026;--soft:#5d6570;--rule:#e5e2db;--good:#23794a;--bad:#b3261e;--accent:#2557c7;--paper:#faf9f6}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7eb;--soft:#a3abb6;--rule:#2b2f37;--good:#63c78d;--bad:#ff8b80;--accent:#86aaff;--paper:#14161a}}
body{max-width:1040px;margin:0 auto;padding:32px 20px 64px;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,'Segoe UI','Noto Sans','PingFang SC','Noto Sans CJK SC','DejaVu Sans',sans-serif}
h1{margin:0;font-size:28px;letter-spacing:-.015em}
p b{margin-right:16px}
table{width:100%;border-collapse:collapse}
td,th{padding:7px 18px 7px 0;border-top:1px solid var(--rule);text-align:left;vertical-align:top;font-weight:400}
td:first-child,th{white-space:nowrap}
td:last-child{padding-right:0;text-align:right;color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
td:first-child,b{color:var(--soft)}
.passed td:first-child,b.passed{color:var(--good)}
.failed td:first-child,.broken td:first-child,b.failed,b.broken,em{color:var(--bad)}
em{font-style:normal;font-size:13.5px}
a{color:var(--accent);text-decoration:none;font-weight:600}
a:hover{text-decoration:underline}`;
