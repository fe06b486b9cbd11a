/** A run in which everything has happened that can happen to a lab. */
import type { LabEvent } from '../../evidence/events.ts';
import type { Asked } from '../../evidence/expectations.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import { labReport, type Ended } from './lab-report.ts';
import type { LabReport, RunReport } from './run-report.ts';

const FAILURE = 'a.b > c.d: Flags [S] <mss 1460> ]]> & "it"\n# ::error::';

const draw = (): string[] => ['0.000  client > server  S'];

function ended(name: string, status: Ended['status'], more: Partial<Ended> = {}): Ended {
  return {
    lab: { name, title: `What ${name} shows` },
    status,
    troubles: [],
    took: 1234.5,
    ...more,
  };
}

const bundleOf = (name: string) => ({
  folder: `runs/${name}`,
  files: ['report.html', 'events.ndjson', 'result.json', 'server.pcap'],
});

/** How an expectation of such a text is called. */
export const named = (text: string): string => `netstat -natp of the server shows ${text}`;

/** How one that failed begins. */
export const saw = (text: string): string =>
  `expected netstat -natp of the server to show ${text}, saw no such line`;

/** The time that the expectation had is over before its verdict comes. */
function late(run: SampleRun, text: string): SampleRun {
  const id = 99;
  const asked: Asked = {
    kind: 'netstat-lines',
    params: { host: 'server', lines: [text] },
  };
  return run
    .add(20, { type: 'expect', id, ...asked, within: 10 })
    .add(30, { type: 'deadline', id })
    .add(30, { type: 'verdict', id, verdict: 'failed', seen: { missing: 0 }, by: [] });
}

const begun = (): SampleRun => new SampleRun().begin();

export const LABS: LabReport[] = [
  labReport(
    begun()
      .expect(2, 5, 'the server (10.0.0.1:6000) in LISTEN', 'LISTEN')
      .step(6, 9, 'again', () => undefined)
      .expect(10, 12, 'the client (10.0.0.2:40001) in LISTEN', 'LISTEN').events,
    ended('well', 'passed', {
      lab: { name: 'well', title: 'What well shows', waits: { slow: '60s' } },
      bundle: bundleOf('well'),
    }),
    draw,
  ),
  labReport(
    begun()
      .expect(2, 5, 'this first', 'it')
      .step(6, 12, 'then', () => undefined)
      .expect(7, 11, 'nothing', FAILURE, true).events,
    ended('wrong', 'failed', {
      message: `${saw('nothing')}\n  ${FAILURE}`,
      bundle: bundleOf('wrong'),
    }),
    draw,
  ),
  labReport(
    late(begun().expect(2, 5, 'this first', 'it'), 'one more').events,
    ended('slow', 'failed', { message: saw('one more'), bundle: bundleOf('slow') }),
    draw,
  ),
  labReport(
    begun().expect(2, 5, 'this first', 'it').expect(6, 7, 'what came to nothing').events,
    ended('broken', 'broken', { message: 'the server died during the run' }),
    draw,
  ),
  labReport(
    begun().expect(2, 5, 'this first', 'it').events,
    ended('unkept', 'passed', { troubles: ['the bundle cannot be written: ENOSPC'] }),
    draw,
  ),
  labReport(
    begun().expect(2, 5, 'what came to nothing').events,
    ended('cut', 'interrupted', { message: 'interrupted' }),
    draw,
  ),
  labReport(
    [] as LabEvent[],
    {
      lab: { name: 'left', title: 'What left shows' },
      status: 'not run',
      message: 'interrupted',
      troubles: [],
    },
    draw,
  ),
];

export const runOf = (labs: LabReport[]): RunReport => ({
  harness: '0.1.0',
  command: ['npm', 'run', 'lab', '--', '--all'],
  backend: 'netns',
  reason: 'no Docker daemon answers at /var/run/docker.sock',
  slow: false,
  startedAt: '2026-01-02T03:04:05.000Z',
  took: 9876,
  labs,
});

export const SAMPLE = runOf(LABS);
