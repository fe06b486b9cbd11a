/** The text of a report: one file that needs nothing else. */
import { createHash } from 'node:crypto';
import { visibleLines } from '../visible.ts';
import { PARTS, type Parts } from './parts.ts';

/** The page as it was built, the same for every run. */
export interface Built {
  script: string;
  style: string;
}

export interface Page extends Built {
  title: string;
  parts: Parts;
}

/**
 * The page with its data. Nothing is loaded from anywhere: the policy allows this very script and
 * this very style. The data are base64, so no text of a run can end the element that holds it.
 * @throws RangeError when script or style would end its own element
 */
export function pageHtml({ script, style, title, parts }: Page): string {
  const data = PARTS.map(
    (part) =>
      `<script type="application/gzip;base64" data-part="${part}">${base64(parts[part])}</script>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor({ script, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${whole(style, 'style')}</style>
</head>
<body>
<div id="page"><noscript>This report draws itself with JavaScript. The run is beside it: events.ndjson, server.pcap, client.pcap.</noscript></div>
${data.join('\n')}
<script>${whole(script, 'script')}</script>
</body>
</html>
`;
}

/** Only what stands in the page may run or dress it; downloads are Blobs, which no directive rules. */
export function policyFor({ script, style }: Built): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** For text between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  visibleLines(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function whole(text: string, element: string): string {
  if (new RegExp(`</${element}|<!--`, 'i').test(text))
    throw new RangeError(`the page's ${element} would end its own element`);
  return text;
}
