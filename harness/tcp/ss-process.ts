/** A process that holds a socket. `name` is the kernel's `comm`, cut by ss at its first `)`. */
export interface SocketProcess {
  name: string;
  pid: number;
  fd: number;
}

// A name may hold anything but `)`, since ss reads it from /proc/PID/stat with %[^)].
const PROCESS = /\("([^)]*)",pid=(\d+)(?:,tid=\d+)?,fd=(\d+)\)/g;
const USERS = /^\s*users:\(((?:,?\("[^)]*",pid=\d+(?:,tid=\d+)?,fd=\d+\))+)\)(?=\s|$)/;
const ROW_TO_USERS = /^\S+\s+\d+\s+\d+\s+\S+\s+\S+\s+users:\(\(/;

/** Takes `users:(...)` off the start of `text`. A list that cannot be read stays where it is. */
export function takeProcesses(text: string): { processes: SocketProcess[]; rest: string } {
  const [whole = '', list = ''] = USERS.exec(text) ?? [];
  const processes = [...list.matchAll(PROCESS)].map(([, name = '', pid, fd]) => ({
    name,
    pid: Number(pid),
    fd: Number(fd),
  }));
  return { processes, rest: text.slice(whole.length) };
}

/** True for a row whose list of processes goes on in the next line: a name holds a line feed. */
export function isOpen(row: string): boolean {
  const start = ROW_TO_USERS.exec(row);
  return start !== null && !row.includes('))', start[0].length);
}
