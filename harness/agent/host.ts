import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { monotonic } from '../sys/clock.ts';
import { openPacketSocket, sendFrame } from '../sys/packet.ts';
import { parseCounters } from '../tcp/counters.ts';
import { encodeFrame } from '../tcp/encode.ts';
import { parseForged } from '../tcp/forge.ts';
import { dropRules, noDropRules } from '../wire/drop.ts';
import { divert, makeDiversion, mtuOf } from '../wire/diversion.ts';
import { carry, hold, type Neighbour } from '../wire/neighbour.ts';
import { fenceFrame } from '../wire/fence.ts';
import { batch, loadRules } from './ip.ts';
import { Outgoing } from './outgoing.ts';
import { Programs } from './programs.ts';
import type { Hello, LinkFacts, Notice, Operation, Operations } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { Shell } from './shell.ts';
import { Capture } from './tcpdump.ts';
import { WaitingRoom } from './waiting-room.ts';
import { configure, routeToPeer, toolVersions } from './world.ts';

type Handlers = {
  [O in Operation]: (
    args: Operations[O]['args'],
  ) => Operations[O]['value'] | Promise<Operations[O]['value']>;
};

/** What the agent does in its host: one method an operation of the protocol. */
export class Host implements Handlers {
  readonly #notify: (notice: Notice) => void;
  readonly #shell = new Shell();
  readonly #programs: Programs;
  readonly #sampler: Sampler;
  #link: LinkFacts | undefined;
  #peer: Neighbour | undefined;
  readonly #outgoing = new Outgoing();
  #capture: Capture | undefined;
  #waitingRoom: WaitingRoom | undefined;
  #packetSocket: number | undefined;

  constructor(notify: (notice: Notice) => void) {
    this.#notify = notify;
    this.#sampler = new Sampler(notify);
    this.#programs = new Programs((notice) => {
      notify(notice);
      this.#sampler.activity();
    });
  }

  hello(): Hello {
    return {
      pid: process.pid,
      node: process.version,
      kernel: release(),
      bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      netns: statSync('/proc/self/ns/net').ino,
      now: monotonic().toString(),
    };
  }

  tools(): Promise<Record<string, string>> {
    return toolVersions(this.#shell);
  }

  async configure(
    spec: Operations['configure']['args'],
  ): Promise<Operations['configure']['value']> {
    const facts = await configure(this.#shell, spec);
    this.#link = facts;
    return facts;
  }

  async peer(args: Operations['peer']['args']): Promise<{ route: string }> {
    const { interface: dev, address: own } = required(this.#link, 'configure');
    const { address, mac, rtoMin } = args;
    const peer = { address, mac, interface: dev };
    const route = await routeToPeer(this.#shell, { own, peer, ...(rtoMin && { rtoMin }) });
    this.#peer = peer;
    return { route };
  }

  async capture({ loopback }: Operations['capture']['args']): Promise<null> {
    const { interface: dev } = required(this.#link, 'configure');
    this.#capture = new Capture(loopback ? 'any' : dev, (notice) => {
      this.#notify(notice);
      this.#sampler.activity();
    });
    await this.#capture.started();
    return null;
  }

  fence({ nonce, mac }: Operations['fence']['args']): null {
    this.#send(({ mac: own }) => fenceFrame(own, mac, nonce));
    return null;
  }

  async stopCapture(): Promise<Operations['stopCapture']['value']> {
    await this.#sampler.stop();
    return required(this.#capture, 'capture').stop();
  }

  async sample(): Promise<null> {
    // Whoever wants to see something now will want to see what comes next.
    this.#sampler.activity();
    await this.#sampler.demand();
    return null;
  }

  run(spec: Operations['run']['args']): Promise<{ pid: number }> {
    return this.#programs.run(spec);
  }

  type({ program, text }: Operations['type']['args']): null {
    this.#programs.type(program, text);
    return null;
  }

  closeInput({ program }: Operations['closeInput']['args']): null {
    this.#programs.closeInput(program);
    return null;
  }

  signal({ program, signal }: Operations['signal']['args']): null {
    this.#programs.signal(program, signal);
    return null;
  }

  async hold(): Promise<null> {
    this.#outgoing.hold();
    await this.#wire(hold);
    return null;
  }

  async release({ within }: Operations['release']['args']): Promise<null> {
    await this.#outgoing.wait(within);
    this.#outgoing.letGo();
    await this.#wire(carry, hold);
    return null;
  }

  async carry(): Promise<null> {
    this.#outgoing.carry();
    await this.#wire(carry);
    return null;
  }

  async divert({ rtoMin }: Operations['divert']['args']): Promise<null> {
    const link = required(this.#link, 'configure');
    const peer = required(this.#peer, 'peer');
    const room = new WaitingRoom(
      (frame) => {
        this.#send(() => frame);
      },
      (notice) => {
        this.#notify(notice);
        this.#sampler.activity();
      },
    );
    await batch(this.#shell, makeDiversion(link));
    await room.open();
    this.#waitingRoom = room;
    await batch(this.#shell, divert(peer, link, rtoMin));
    return null;
  }

  async settle(): Promise<null> {
    await required(this.#waitingRoom, 'divert').settle();
    return null;
  }

  go({ id }: Operations['go']['args']): null {
    required(this.#waitingRoom, 'divert').go(id);
    this.#sampler.activity();
    return null;
  }

  leave({ id }: Operations['leave']['args']): null {
    required(this.#waitingRoom, 'divert').leave(id);
    return null;
  }

  async mtu({ octets }: Operations['mtu']['args']): Promise<null> {
    const { interface: dev } = required(this.#link, 'configure');
    const diverted = this.#waitingRoom === undefined ? [] : mtuOf(octets);
    await batch(this.#shell, [`link set ${dev} mtu ${octets}`, ...diverted]);
    return null;
  }

  async drop(rule: Operations['drop']['args']): Promise<null> {
    await loadRules(this.#shell, noDropRules + dropRules(rule));
    return null;
  }

  async undrop(): Promise<null> {
    await loadRules(this.#shell, noDropRules);
    return null;
  }

  forge({ from, to, segment }: Operations['forge']['args']): null {
    const { address: own } = required(this.#link, 'configure');
    const peer = required(this.#peer, 'peer');
    if (from.address !== own || to.address !== peer.address) {
      throw new Error(
        `from ${from.address} to ${to.address}: this host forges from ${own} to ${peer.address} only`,
      );
    }
    const forged = parseForged(segment);
    this.#send(({ mac }) => encodeFrame({ src: mac, dst: peer.mac }, from, to, forged));
    this.#sampler.activity();
    return null;
  }

  counters(): Record<string, number> {
    const read = (file: string): string => readFileSync(`/proc/self/net/${file}`, 'utf8');
    return parseCounters(read('netstat'), read('snmp'));
  }

  async netstat(): Promise<string[]> {
    return (await this.#shell.run(['netstat', '-natp'])).split('\n').slice(0, -1);
  }

  /** Ends everything that runs in this host. */
  async end(): Promise<void> {
    await this.#programs.endAll();
    await this.#capture?.stop().catch(() => undefined);
    await this.#waitingRoom?.close().catch(() => undefined);
  }

  /** Sends a frame as it is, past the neighbour table and the firewall (packet(7)). */
  #send(frame: (link: { mac: string }) => Buffer): void {
    const link = required(this.#link, 'configure');
    this.#packetSocket ??= openPacketSocket(link.interface);
    sendFrame(this.#packetSocket, link.interface, frame(link));
  }

  async #wire(...moves: ((n: Neighbour) => string)[]): Promise<void> {
    const peer = required(this.#peer, 'peer');
    await batch(
      this.#shell,
      moves.map((move) => move(peer)),
    );
    this.#sampler.activity();
  }
}

function required<T>(value: T | undefined, operation: string): T {
  if (value === undefined) throw new Error(`'${operation}' must come first`);
  return value;
}
