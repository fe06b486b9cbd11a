/**
 * What may come from one program and all that it starts. Whatever goes beyond one of these is ended,
 * the event `limit` says which, and every expectation from there on fails with it: what the lab would
 * see is no longer what the program does.
 *
 * A few times what the busiest lab's programs do (2000 connections: 6001 lines, 10004 reports of
 * calls, within two seconds), and so little that the harness has time for everything else meanwhile.
 */
export interface Limits {
  /** Lines that it prints, on stdout and stderr together. */
  outputLines: number;
  /** ... that are read within a second. */
  outputLinesPerSecond: number;
  /** Octets of what it prints, line ends among them. */
  outputOctets: number;
  /** Octets of one line. */
  outputLineOctets: number;
  /** Reports of its calls: one that waits is reported twice. */
  callReports: number;
  /** ... that are read within a second. */
  callReportsPerSecond: number;
  /** Octets of all reports. */
  callOctets: number;
  /** Octets of one report: data are shown in it to 256 octets (harness/sys/socket.ts). */
  callReportOctets: number;
}

export type LimitName = keyof Limits;

export const LIMITS: Limits = {
  outputLines: 50_000,
  outputLinesPerSecond: 20_000,
  outputOctets: 1 << 20,
  outputLineOctets: 64 << 10,
  callReports: 50_000,
  callReportsPerSecond: 20_000,
  callOctets: 16 << 20,
  callReportOctets: 16 << 10,
};

export const LIMIT_NAMES = Object.keys(LIMITS) as [LimitName, ...LimitName[]];

/**
 * Octets of what one run of a tool may print, `ss` among them: with more the run is broken off. Of the
 * longest lines it is room for thirty thousand sockets, ten times what the busiest lab has.
 */
export const TOOL_OCTETS = 16 << 20;

/**
 * Octets of one host's capture: with more the run is broken off. The largest lab's has one MiB; of
 * the smallest segments it is so many that their events still fit into a bundle.
 */
export const CAPTURE_OCTETS = 8 << 20;
