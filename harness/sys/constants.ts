// Values of Linux on x86_64 and arm64: include/linux/socket.h, include/uapi/asm-generic/socket.h,
// include/uapi/linux/in.h, include/uapi/linux/tcp.h.

export const AF_INET = 2;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;

export const IPPROTO_TCP = 6;

export const SOL_SOCKET = 1;
export const SO_REUSEADDR = 2;
export const SO_TYPE = 3;
export const SO_ERROR = 4;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_KEEPALIVE = 9;
export const SO_LINGER = 13;
export const SO_REUSEPORT = 15;
export const SO_ACCEPTCONN = 30;
export const SO_RCVBUFFORCE = 33;

export const TCP_NODELAY = 1;
export const TCP_MAXSEG = 2;
export const TCP_CORK = 3;
export const TCP_KEEPIDLE = 4;
export const TCP_KEEPINTVL = 5;
export const TCP_KEEPCNT = 6;
export const TCP_SYNCNT = 7;
export const TCP_LINGER2 = 8;
export const TCP_DEFER_ACCEPT = 9;
export const TCP_QUICKACK = 12;
export const TCP_USER_TIMEOUT = 18;

export const MSG_OOB = 0x1;
export const MSG_PEEK = 0x2;
export const MSG_TRUNC = 0x20;
export const MSG_DONTWAIT = 0x40;
export const MSG_WAITALL = 0x100;
export const MSG_NOSIGNAL = 0x4000;
export const MSG_MORE = 0x8000;

export const F_GETFL = 3;
export const F_SETFL = 4;
export const F_SETOWN = 8;
export const O_NONBLOCK = 0o4000;
export const O_ASYNC = 0o20000;

export const SHUT_RD = 0;
export const SHUT_WR = 1;
export const SHUT_RDWR = 2;

type Names = Readonly<Record<string, number>>;

/** The constants of a call's arguments by name, for showing and for reading them. */
export const FAMILIES: Names = { AF_INET, AF_PACKET };
export const TYPES: Names = { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW };
export const HOWS: Names = { SHUT_RD, SHUT_WR, SHUT_RDWR };
export const LEVELS: Names = { SOL_SOCKET, IPPROTO_TCP };
export const FLAGS: Names = {
  MSG_OOB,
  MSG_PEEK,
  MSG_TRUNC,
  MSG_DONTWAIT,
  MSG_WAITALL,
  MSG_NOSIGNAL,
  MSG_MORE,
};

/** Options with an `int` for a value, by level; `SO_LINGER` alone has a structure. */
export const OPTIONS: Readonly<Record<number, Names>> = {
  [SOL_SOCKET]: {
    SO_REUSEADDR,
    SO_TYPE,
    SO_ERROR,
    SO_SNDBUF,
    SO_RCVBUF,
    SO_KEEPALIVE,
    SO_LINGER,
    SO_REUSEPORT,
    SO_ACCEPTCONN,
  },
  [IPPROTO_TCP]: {
    TCP_NODELAY,
    TCP_MAXSEG,
    TCP_CORK,
    TCP_KEEPIDLE,
    TCP_KEEPINTVL,
    TCP_KEEPCNT,
    TCP_SYNCNT,
    TCP_LINGER2,
    TCP_DEFER_ACCEPT,
    TCP_QUICKACK,
    TCP_USER_TIMEOUT,
  },
};

/** A constant's name, or the number itself where the table has none. */
export function nameOf(names: Names | undefined, value: number): string | number {
  return Object.entries(names ?? {}).find(([, known]) => known === value)?.[0] ?? value;
}

/** Flags as C writes them: `MSG_PEEK|MSG_DONTWAIT`, or 0; what has no name stays a number. */
export function flagNames(flags: number): string | number {
  const set = Object.entries(FLAGS).filter(([, bit]) => flags & bit);
  const unnamed = set.reduce((rest, [, bit]) => rest & ~bit, flags);
  if (set.length === 0) return flags;
  return [...set.map(([name]) => name), ...(unnamed ? [unnamed] : [])].join('|');
}
