import koffi, { type LibraryHandle } from 'koffi';

/** What libc takes and gives: descriptors, lengths, memory. Pointers are Buffers. */
type Memory = Buffer | null;

/** Failure is what C shows: -1 (or a null pointer), and {@link errno}. */
type Fn<Args extends unknown[], Result = number> = (...args: Args) => Result;

/** Looked up at its first call, so that a program pays only for what it uses. */
function fn(prototype: string): Fn<unknown[], unknown> {
  let native: Fn<unknown[], unknown> | undefined;
  return (...args) => {
    native ??= lib().func(prototype) as Fn<unknown[], unknown>;
    return native(...args);
  };
}

let handle: LibraryHandle | undefined;
/** The libc that node itself runs on, glibc or musl. */
const lib = (): LibraryHandle => (handle ??= koffi.load(null));

/** The calling thread's errno; read it at once after the call that failed. */
export const errno = (): number => koffi.errno();

/** The address of a Buffer's first octet, for structures that hold a pointer. */
export const addressOf = (memory: Buffer): bigint => koffi.address(memory);

// koffi does not know ssize_t; intptr_t has its size and sign on every Linux ABI.

// <sys/socket.h>
export const socket = fn('int socket(int, int, int)') as Fn<[number, number, number]>;
export const bind = fn('int bind(int, const void *, uint32_t)') as Fn<[number, Memory, number]>;
export const listen = fn('int listen(int, int)') as Fn<[number, number]>;
export const accept = fn('int accept(int, void *, void *)') as Fn<[number, Memory, Memory]>;
export const connect = fn('int connect(int, const void *, uint32_t)') as Fn<
  [number, Memory, number]
>;
export const send = fn('intptr_t send(int, const void *, size_t, int)') as Fn<
  [number, Memory, number, number]
>;
export const sendto = fn(
  'intptr_t sendto(int, const void *, size_t, int, const void *, uint32_t)',
) as Fn<[number, Memory, number, number, Memory, number]>;
export const recv = fn('intptr_t recv(int, void *, size_t, int)') as Fn<
  [number, Memory, number, number]
>;
export const shutdown = fn('int shutdown(int, int)') as Fn<[number, number]>;
export const setsockopt = fn('int setsockopt(int, int, int, const void *, uint32_t)') as Fn<
  [number, number, number, Memory, number]
>;
export const getsockopt = fn('int getsockopt(int, int, int, void *, void *)') as Fn<
  [number, number, number, Memory, Memory]
>;
export const getsockname = fn('int getsockname(int, void *, void *)') as Fn<
  [number, Memory, Memory]
>;
export const getpeername = fn('int getpeername(int, void *, void *)') as Fn<
  [number, Memory, Memory]
>;

// <unistd.h>, <fcntl.h>, <time.h>, <poll.h>, <signal.h>, <sys/ioctl.h>, <net/if.h>
export const read = fn('intptr_t read(int, void *, size_t)') as Fn<[number, Memory, number]>;
export const write = fn('intptr_t write(int, const void *, size_t)') as Fn<
  [number, Memory, number]
>;
export const close = fn('int close(int)') as Fn<[number]>;
export const dup2 = fn('int dup2(int, int)') as Fn<[number, number]>;
export const sleep = fn('unsigned int sleep(unsigned int)') as Fn<[number]>;
export const execve = fn('int execve(const char *, const char **, const char **)') as Fn<
  [string, (string | null)[], (string | null)[]]
>;
export const clockGettime = fn('int clock_gettime(int, void *)') as Fn<[number, Memory]>;
export const poll = fn('int poll(void *, unsigned long, int)') as Fn<[Memory, number, number]>;
export const signal = fn('void *signal(int, intptr_t)') as Fn<[number, number], bigint>;
export const SIG_DFL = 0;
export const SIG_IGN = 1;
export const ifNameToIndex = fn('unsigned int if_nametoindex(const char *)') as Fn<[string]>;
// Variadic in C: each further argument is preceded by its type.
export const fcntl = fn('int fcntl(int, int, ...)') as Fn<[number, number, 'int', number]>;
export const ioctl = fn('int ioctl(int, unsigned long, ...)') as Fn<
  [number, number, 'void *', Memory]
>;

// <stdlib.h>, <termios.h>
export const posixOpenpt = fn('int posix_openpt(int)') as Fn<[number]>;
export const grantpt = fn('int grantpt(int)') as Fn<[number]>;
export const unlockpt = fn('int unlockpt(int)') as Fn<[number]>;
/** Returns an error number instead of setting errno. */
export const ptsnameR = fn('int ptsname_r(int, void *, size_t)') as Fn<[number, Memory, number]>;
export const tcgetattr = fn('int tcgetattr(int, void *)') as Fn<[number, Memory]>;
export const tcsetattr = fn('int tcsetattr(int, int, const void *)') as Fn<
  [number, number, Memory]
>;
export const cfmakeraw = fn('void cfmakeraw(void *)') as Fn<[Memory], undefined>;
