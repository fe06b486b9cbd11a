import type { ReadStream } from 'node:tty';

const CTRL_C = '\x03';
const ESCAPE = '\x1b';

/**
 * Keys, one at a time. What is pressed while nobody asks is not for later: it was meant for another
 * moment. Only `q` and Ctrl-C are heard at any time, and so is the terminal's end.
 */
export class Keys {
  readonly #terminal: ReadStream;
  readonly #quit: () => void;
  #asking: ((key: string) => void) | undefined;

  constructor(terminal: ReadStream, quit: () => void) {
    this.#terminal = terminal;
    this.#quit = quit;
    terminal.setRawMode(true);
    terminal.setEncoding('utf8');
    terminal.on('data', this.#read);
    terminal.on('end', quit);
    terminal.on('error', quit);
    terminal.resume();
  }

  /** The next key that is pressed: `Enter`, `Tab`, or the character. */
  next(): Promise<string> {
    return new Promise((resolve) => (this.#asking = resolve));
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.#terminal.off('data', this.#read);
    this.#terminal.setRawMode(false);
    this.#terminal.pause();
  }

  readonly #read = (text: string): void => {
    // An arrow, or another key with a name: none of ours.
    if (text.startsWith(ESCAPE)) return;
    for (const character of text) this.#pressed(character);
  };

  #pressed(character: string): void {
    if (character === CTRL_C || character === 'q') {
      this.#quit();
      return;
    }
    const asking = this.#asking;
    this.#asking = undefined;
    asking?.(NAMES[character] ?? character);
  }
}

const NAMES: Record<string, string> = { '\r': 'Enter', '\n': 'Enter', '\t': 'Tab' };
