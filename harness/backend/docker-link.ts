import type Docker from 'dockerode';
import { createInterface } from 'node:readline';
import { withDeadline } from '../deadline.ts';
import { attach, createContainer, gone, type Attached } from './docker-container.ts';
import { INTERFACE } from './link.ts';
import { told, ToldError, toldBy, verbatim, type Told } from '../told.ts';

/** One end of a link to be. */
export interface End {
  container: Docker.Container;
  /** Inode of its network namespace. */
  netns: number;
}

/** SYS_PTRACE to be told whose namespaces are whose (ptrace(2), PTRACE_MODE_READ). */
const CAPABILITIES = ['NET_ADMIN', 'SYS_PTRACE'];

/** Milliseconds; it takes a few dozen. */
const LINKED_WITHIN = 20_000;

/** A number may have become another process's meanwhile: what it names is looked at first. */
const LINK = `while read -r one netns_one two netns_two; do
  if [ "$(readlink /proc/$one/ns/net /proc/$two/ns/net)" != "net:[$netns_one]
net:[$netns_two]" ]; then
    echo ended
  elif said=$(ip link add name ${INTERFACE} netns $one type veth peer name ${INTERFACE} netns $two 2>&1); then
    echo linked
  else
    echo "$said" | head -n 1
  fi
done`;

/** What it answers by a word; anything else is ip(8)'s own. */
const LINKED = verbatim('linked');
const SAID = new Map([
  ['linked', LINKED],
  ['ended', told('a container has ended')],
]);

/**
 * Links two containers by a pair of devices (veth(4)), as if by a cable, where Docker would make a
 * bridge, a name server and two dozen firewall rules. Who does it must see both containers' processes:
 * it is a small container of its own. It runs nothing but this, and no program under test.
 */
class Linker {
  readonly #answers: ((said: Told) => void)[] = [];
  readonly #container: Docker.Container;
  readonly #stdin: NodeJS.WritableStream;
  /** Why it cannot link any more. */
  #over: Told | undefined;

  private constructor(container: Docker.Container, { stdin, stdout, lastWords }: Attached) {
    this.#container = container;
    this.#stdin = stdin;
    stdin.on('error', () => undefined);
    createInterface({ input: stdout })
      .on('line', (line) => this.#answers.shift()?.(SAID.get(line) ?? verbatim(line)))
      .on('close', () => {
        const words = lastWords().trim();
        this.#over = words === '' ? told('the container that does it has ended') : verbatim(words);
        for (const answer of this.#answers.splice(0)) answer(this.#over);
      });
  }

  static async start(client: Docker, image: string): Promise<Linker> {
    const spec = { image, command: ['sh', '-c', LINK], capabilities: CAPABILITIES, seesAll: true };
    const container = await createContainer(client, spec);
    try {
      const linker = new Linker(container, await attach(client, container));
      await container.start();
      return linker;
    } catch (error) {
      await gone(container.remove({ force: true }));
      throw error;
    }
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  async link(...ends: [End, End]): Promise<void> {
    const words = await Promise.all(
      ends.map(async ({ container, netns }) => {
        const { State } = await container.inspect();
        return `${State.Pid} ${netns}`;
      }),
    );
    const said = this.#over ?? (await this.#ask(words.join(' ')));
    if (said !== LINKED)
      throw new ToldError(told('cannot link two containers: {why}', { why: said }));
  }

  async #ask(words: string): Promise<Told> {
    const answer = new Promise<Told>((resolve) => {
      this.#answers.push(resolve);
      this.#stdin.write(`${words}\n`);
    });
    try {
      return await withDeadline(told('the containers to be linked'), LINKED_WITHIN, answer);
    } catch (error) {
      // It is not asked again.
      this.#over = toldBy(error);
      throw error;
    }
  }

  async remove(): Promise<void> {
    await gone(this.#container.remove({ force: true }));
  }
}

interface Shared {
  linker: Promise<Linker>;
  users: number;
}

let shared: Shared | undefined;

/** A linker for as long as somebody needs one: labs that run side by side have the same. */
export async function withLinker(
  client: Docker,
  image: string,
): Promise<{ link: Linker['link']; release: () => Promise<void> }> {
  const mine = (shared ??= { linker: Linker.start(client, image), users: 0 });
  mine.users++;
  try {
    const linker = await mine.linker;
    return {
      link: (...ends) => linker.link(...ends),
      release: async () => {
        mine.users--;
        // Whoever comes later starts another.
        if (shared === mine && (mine.users === 0 || linker.isOver)) shared = undefined;
        if (mine.users === 0) await linker.remove();
      },
    };
  } catch (error) {
    if (shared === mine) shared = undefined;
    throw error;
  }
}
