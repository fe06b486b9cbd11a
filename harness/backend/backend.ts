import type { Hello } from '../agent/protocol.ts';
import type { HostName } from '../evidence/events.ts';
import type { AgentClient } from './agent-client.ts';

export const BACKENDS = ['docker', 'netns'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What a host must be given at its birth: a container's sysctls cannot be set later. */
export interface HostSpec {
  sysctls: Record<string, string>;
}

/** A host that is up: its agent answers. */
export interface HostHandle {
  agent: AgentClient;
  hello: Hello;
  /** Name of the interface on the lab's link. */
  interface: string;
  /** Its address on that link, which its agent gives it. */
  address: string;
  /** Command and first arguments that start a program under test in this host. */
  programCommand: (file: string) => string[];
}

/** Two hosts with a link between them, which reach each other and nothing else. */
export interface Pair {
  hosts: Record<HostName, HostHandle>;
  /** Where the hosts' tools are from: pairs with the same name have the same tools. */
  toolbox: string;
  /** Ends both hosts and all in them; resolves when nothing of them is left. Idempotent. */
  close(): Promise<void>;
}

/** What makes hosts. It only brings them up; everything else is said to their agents. */
export interface Backend {
  name: BackendName;
  /**
   * @param progress is told what takes long (an image build), a line at a time
   * @param signal aborted: whatever has been made is taken back, and it rejects
   * @throws BackendError
   */
  start(
    specs: Record<HostName, HostSpec>,
    progress: (line: string) => void,
    signal?: AbortSignal,
  ): Promise<Pair>;
}
