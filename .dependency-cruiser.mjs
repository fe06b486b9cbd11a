/**
 * The house's rules of import, as docs/architecture.md has them: `npm run lint` holds them.
 * Type imports count like any other. Tests may import what they need.
 */
import { builtinModules } from 'node:module';

/** Each room, and the rooms that it may import beside itself. What is not in here is no room. */
const ROOMS = {
  'harness/cli': [
    'harness/page',
    'harness/report',
    'harness/lab',
    'harness/words',
    'harness/expect',
    'harness/history',
    'harness/backend',
    'harness/evidence',
    'harness/tcp',
    'harness/texts',
    'harness/build',
    'harness/deadline.ts',
    'harness/installation.ts',
    'docker',
  ],
  'harness/page': [
    'harness/report',
    'harness/lab',
    'harness/words',
    'harness/expect',
    'harness/history',
    'harness/evidence',
    'harness/tcp',
    'harness/texts',
  ],
  'harness/report': [
    'harness/lab',
    'harness/words',
    'harness/expect',
    'harness/history',
    'harness/evidence',
    'harness/tcp',
    'harness/texts',
  ],
  'harness/lab': [
    'harness/invariants',
    'harness/expect',
    'harness/history',
    'harness/backend',
    'harness/witness',
    'harness/evidence',
    'harness/agent',
    'harness/wire',
    'harness/tcp',
    'harness/deadline.ts',
  ],
  'harness/words': [
    'harness/expect',
    'harness/history',
    'harness/evidence',
    'harness/tcp',
    'harness/texts',
  ],
  'harness/expect': ['harness/history', 'harness/evidence', 'harness/tcp'],
  'harness/invariants': ['harness/history', 'harness/evidence', 'harness/tcp'],
  'harness/history': ['harness/evidence', 'harness/tcp'],
  'harness/backend': [
    'harness/evidence',
    'harness/agent',
    'harness/deadline.ts',
    'harness/helper-process.ts',
    'harness/build',
    'harness/installation.ts',
  ],
  'harness/witness': [
    'harness/evidence',
    'harness/agent',
    'harness/wire',
    'harness/tcp',
    'harness/deadline.ts',
    'harness/helper-process.ts',
  ],
  'harness/evidence': ['harness/wire', 'harness/tcp', 'harness/agent/limits.ts'],
  'harness/agent': ['harness/wire', 'harness/tcp', 'harness/sys'],
  'harness/wire': ['harness/tcp'],
  'harness/tcp': [],
  'harness/texts': [],
  'harness/sys': [],
  'harness/build': [],
  'harness/installation.ts': [],
  'harness/deadline.ts': [],
  'harness/helper-process.ts': ['harness/deadline.ts'],
  // The one door for labs.
  'harness/index.ts': ['harness/lab', 'harness/history'],
  labs: ['harness/index.ts'],
  docs: ['harness/index.ts'],
  // The one door for programs under test.
  servers: ['harness/sys/index.ts'],
  clients: ['harness/sys/index.ts'],
  docker: ['harness/backend'],
};

/** Rooms without any effect on the world, whatever they import: no file, process, socket or clock. */
const PURE = ['page', 'report', 'words', 'expect', 'invariants', 'history', 'wire', 'tcp', 'texts'].map((name) => `harness/${name}`);
const PURE_BUILTINS = ['crypto', 'path', 'path/posix', 'util'];
const PURE_PACKAGES = ['picocolors', 'preact', 'zod'];

/** Packages that one thing is done with, and the rooms that do it. */
const PACKAGES = {
  koffi: ['harness/sys'],
  esbuild: ['harness/build', 'harness/cli/package'],
  preact: ['harness/page'],
  commander: ['harness/cli'],
  dockerode: ['harness/backend', 'harness/cli', 'docker'],
};

const TESTS = String.raw`[./](test|fixture)\.tsx?$|/testing/`;
const at = (places) => places.map((place) => `^${place}${place.endsWith('.ts') ? '$' : '/'}`);
const rooms = Object.keys(ROOMS);
const packages = (names) => names.map((name) => `node_modules/${name}/`);
const effects = builtinModules.filter((name) => !PURE_BUILTINS.includes(name));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no circle',
      severity: 'error',
      // Until the decoders are one.
      from: { pathNot: '^harness/tcp/(ipv4|tcp-header)' },
      to: { circular: true },
    },
    {
      name: 'not there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no such room',
      comment: 'a room of its own, or one more, is put into ROOMS',
      severity: 'error',
      from: {},
      to: { path: '^harness/', pathNot: [...at(rooms), '^harness/testing/'] },
    },
    {
      name: 'tests are for tests',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    ...rooms.map((room) => ({
      name: `${room} imports ${ROOMS[room].join(', ') || 'no other room'}`,
      severity: 'error',
      from: { path: at([room]), pathNot: TESTS },
      to: { path: at(['harness', ...rooms]), pathNot: at([room, ...ROOMS[room]]) },
    })),
    ...Object.entries(PACKAGES).map(([name, users]) => ({
      name: `${name} in ${users.join(', ')}`,
      severity: 'error',
      from: { pathNot: [TESTS, ...at(users)] },
      to: { path: packages([name]) },
    })),
    {
      name: 'pure, transitively',
      severity: 'error',
      from: { path: at(PURE), pathNot: TESTS },
      to: { reachable: true, path: `^(node:)?(${effects.join('|')})$` },
    },
    {
      name: 'pure packages',
      severity: 'error',
      from: { path: at(PURE), pathNot: TESTS },
      to: { reachable: true, path: 'node_modules/', pathNot: packages(PURE_PACKAGES) },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.node', '.d.ts'],
    },
  },
};
