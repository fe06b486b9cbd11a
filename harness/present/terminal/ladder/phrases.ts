import type { ArgsOf } from '../../../evidence/actions.ts';
import type { Say } from '../../../texts/say.ts';
import { flagsInWords } from '../../../words/segments.ts';
import type {
  ActionRow,
  CallRow,
  ExitRow,
  OutputRow,
  ProgramRow,
  Row,
} from '../../ladder/types.ts';

/** What happened at a host, in a few words; undefined for what an arrow says. */
export function phraseOf(
  row: CallRow | OutputRow | ProgramRow | ExitRow | ActionRow,
  t: Say,
): string | undefined {
  switch (row.kind) {
    case 'call':
      return row.blocks ? `${inShort(row.text)} ...` : inShort(row.text);
    case 'output':
      return t('prints {line}', { line: JSON.stringify(row.line) });
    case 'program':
      return t('{name} starts', { name: row.name });
    case 'exit':
      return exitPhrase(row, t);
    case 'action':
      return actionPhrase(row, t);
  }
}

/** Of long data the beginning, as strace does. */
const inShort = (call: string): string => call.replace(/"([^"]{32})[^"]+"(?:\.{3})?/g, '"$1"...');

const exitPhrase = ({ name, status, signal }: ExitRow, t: Say): string =>
  signal === null
    ? t('{name} ends, exit status {status}', { name, status: status ?? '?' })
    : t('{name} is ended by {signal}', { name, signal });

function actionPhrase({ action, name = '' }: ActionRow, t: Say): string | undefined {
  switch (action.op) {
    case 'hold':
      return t('[its wire is held]');
    case 'release':
      return t('[what waits is let go]');
    case 'carry':
      return t('[its wire is free]');
    case 'drop':
      return dropPhrase(action.args, t);
    case 'undrop':
      return t('[nothing is lost any more]');
    case 'signal':
      return t('[{signal} to {name}]', { signal: action.args.signal, name });
    case 'type':
      return t('[typed: {text}]', { text: action.args.text.trimEnd() });
    case 'mtu':
      return t('[its MTU: {octets}]', { octets: action.args.octets });
    default:
      return undefined;
  }
}

function dropPhrase({ flags, count }: ArgsOf<'drop'>, t: Say): string {
  if (flags === '*') return t('[what comes is lost]');
  const words = flagsInWords(flags, t);
  return count === 1
    ? t('[the next {flags} that comes is lost]', { flags: words })
    : t('[every {flags} that comes is lost]', { flags: words });
}

export type AtHost = CallRow | OutputRow | ProgramRow | ExitRow | ActionRow;

export const isAtHost = (row: Row): row is AtHost =>
  ['call', 'output', 'program', 'exit', 'action'].includes(row.kind);
