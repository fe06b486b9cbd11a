import { plain } from './plain.ts';

type Attributes = Record<string, string | number | undefined>;

/** An element of XML 1.0 and a line end. `content` is a text, or elements that are ready. */
export function element(
  name: string,
  attributes: Attributes,
  content: string | string[] = [],
): string {
  const open = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attribute(String(value))}"`],
  );
  const inside =
    typeof content === 'string'
      ? escape(content)
      : content.length > 0
        ? `\n${content.join('')}`
        : '';
  const tag = `<${name}${open.join('')}`;
  return inside === '' ? `${tag}/>\n` : `${tag}>${inside}</${name}>\n`;
}

/** `>` too: `]]>` must not be in a text (XML 1.0, 2.4). */
const escape = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** White space as references: a parser makes blanks of it otherwise (3.3.3). */
const attribute = (text: string): string =>
  escape(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
