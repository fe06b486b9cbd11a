import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { monotonic } from '../sys/clock.ts';
import { openPacketSocket, sendFrame } from '../sys/packet.ts';
import { parseCounters } from '../tcp/tables/counters.ts';
import { encodeFrame, ethernetHeader } from '../tcp/frame/encode.ts';
import { parseInjected } from '../tcp/frame/injected.ts';
import { markerFrame } from '../wire/marker.ts';
import { Incoming } from './incoming.ts';
import { batch } from './ip.ts';
import { Outgoing } from './outgoing.ts';
import { Programs } from './programs.ts';
import type { Hello, LinkFacts, Notice, Operation, Operations } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { Shell } from './shell.ts';
import { Capture } from './tcpdump.ts';
import { configure, routeToPeer, toolVersions, type Peer } from './world.ts';
import { told, ToldError, toldBy } from '../told.ts';

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
  #peer: Peer | undefined;
  #outgoing: Outgoing | undefined;
  #incoming: Incoming | undefined;
  #capture: Capture | undefined;
  #packetSocket: number | undefined;

  constructor(notify: (notice: Notice) => void) {
    this.#notify = notify;
    this.#sampler = new Sampler(notify, () => {
      this.#outgoing?.read();
    });
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
    const peer: Peer = { address, mac, interface: dev };
    const route = await routeToPeer(this.#shell, { own, peer, ...(rtoMin && { rtoMin }) });
    this.#peer = peer;
    this.#watchWire(peer);
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

  marker({ nonce, mac }: Operations['marker']['args']): null {
    this.#send(({ mac: own }) => markerFrame(own, mac, nonce));
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

  hold(): null {
    return this.#wire((out) => {
      out.hold();
    });
  }

  release(): null {
    return this.#wire((out) => {
      out.release();
    });
  }

  carry(): null {
    return this.#wire((out) => {
      out.carry();
    });
  }

  delay({ ms }: Operations['delay']['args']): null {
    return this.#wire((out) => {
      out.delay(ms);
    });
  }

  settle(): null {
    return this.#wire((out) => {
      out.read();
    });
  }

  letGo({ id }: Operations['letGo']['args']): null {
    return this.#wire((out) => {
      out.letGo(id);
    });
  }

  discard({ id }: Operations['discard']['args']): null {
    return this.#wire((out) => {
      out.discard(id, 'dropped');
    });
  }

  leaveOut({ id }: Operations['leaveOut']['args']): null {
    return this.#wire((out) => {
      out.discard(id, 'left-out');
    });
  }

  duplicate({ id }: Operations['duplicate']['args']): null {
    return this.#wire((out) => {
      out.duplicate(id);
    });
  }

  reorder({ id }: Operations['reorder']['args']): null {
    return this.#wire((out) => {
      out.putFirst(id);
    });
  }

  async mtu({ octets }: Operations['mtu']['args']): Promise<null> {
    const { interface: dev } = required(this.#link, 'configure');
    await batch(this.#shell, [`link set ${dev} mtu ${octets}`]);
    return null;
  }

  drop(rule: Operations['drop']['args']): null {
    required(this.#incoming, 'peer').drop(rule);
    return null;
  }

  undrop(): null {
    required(this.#incoming, 'peer').undrop();
    return null;
  }

  inject({ from, to, segment }: Operations['inject']['args']): null {
    const { address: own } = required(this.#link, 'configure');
    const peer = required(this.#peer, 'peer');
    if (from.address !== own || to.address !== peer.address) {
      throw new ToldError(
        told('from {end} to {peer}: this host injects from {own} to {other} only', {
          ...{ end: from.address, peer: to.address },
          ...{ own, other: peer.address },
        }),
      );
    }
    const injected = parseInjected(segment);
    this.#send(({ mac }) => encodeFrame({ src: mac, dst: peer.mac }, from, to, injected));
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
  }

  /** Sends a frame as it is, past the packet filter and so past a held wire (packet(7)). */
  #send(frame: (link: { mac: string }) => Buffer): void {
    const link = required(this.#link, 'configure');
    this.#packetSocket ??= openPacketSocket(link.interface);
    sendFrame(this.#packetSocket, link.interface, frame(link));
  }

  /** Nothing is taken from the kernel before something is held or lost. */
  #watchWire(peer: Peer): void {
    const { interface: device, mac } = required(this.#link, 'configure');
    const send = (frame: Buffer): void => {
      this.#send(() => frame);
    };
    const notify = (notice: Notice): void => {
      this.#notify(notice);
      this.#sampler.activity();
    };
    const out = { device, header: ethernetHeader({ src: mac, dst: peer.mac }), send };
    this.#outgoing = new Outgoing(out, notify, this.#trouble);
    const into = { device, header: ethernetHeader({ src: peer.mac, dst: mac }) };
    this.#incoming = new Incoming(into, notify, this.#trouble);
  }

  #wire(move: (out: Outgoing) => void): null {
    move(required(this.#outgoing, 'peer'));
    this.#sampler.activity();
    return null;
  }

  readonly #trouble = (error: Error): void => {
    this.#notify({ notice: 'trouble', t: monotonic().toString(), message: toldBy(error) });
  };
}

function required<T>(value: T | undefined, operation: string): T {
  if (value === undefined)
    throw new ToldError(told("'{name}' must come first", { name: operation }));
  return value;
}
