/**
 * The dependency rules, as docs/architecture.md has them: `npm run lint` holds them.
 * Type imports count like any other. Tests may import what they need.
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

/** Paths below harness/. */
const paths = (names) =>
  names === '' ? [] : names.split(' ').map((n) => posix.join('harness', n));
const table = (rows) => Object.entries(rows).map(([name, others]) => [name, paths(others)]);

/** Each layer, and the layers that it may import beside itself. What is not in here is no layer. */
const LAYERS = table({
  'lab-test.ts':
    'catalogue run backend evidence history vocabulary words texts installation.ts told.ts',
  cli: 'present words catalogue run vocabulary quiz expect history backend witness evidence tcp texts build deadline.ts installation.ts nearest.ts ../docker ../docs told.ts',
  present: 'words catalogue vocabulary quiz expect history evidence tcp texts told.ts',
  words: 'quiz expect history evidence tcp texts told.ts',
  run: 'vocabulary invariants quiz expect history backend witness agent evidence wire tcp deadline.ts told.ts',
  catalogue: 'index.ts vocabulary expect history evidence tcp build told.ts',
  vocabulary: 'expect history evidence tcp nearest.ts told.ts',
  expect: 'history evidence tcp told.ts',
  invariants: 'quiz history evidence tcp told.ts',
  quiz: 'history evidence tcp told.ts',
  history: 'evidence tcp told.ts',
  backend: 'agent evidence build deadline.ts helper-process.ts installation.ts told.ts',
  witness: 'agent evidence wire tcp deadline.ts helper-process.ts told.ts',
  evidence: 'wire tcp agent/limits.ts agent/protocol.ts told.ts',
  agent: 'wire tcp sys evidence/clock.ts told.ts',
  wire: 'tcp told.ts',
  tcp: 'told.ts',
  texts: 'told.ts',
  sys: '',
  build: '',
  'helper-process.ts': 'deadline.ts told.ts',
  'deadline.ts': 'told.ts',
  'nearest.ts': '',
  'told.ts': '',
  'installation.ts': '',
  // The one door for labs; lab-test.ts is the one for their tests.
  'index.ts': 'vocabulary history told.ts',
  '../labs': 'index.ts',
  '../docs': 'index.ts',
  // The one door for programs under test.
  '../servers': 'sys/index.ts',
  '../clients': 'sys/index.ts',
  '../docker': 'backend told.ts',
});

/** Rooms without any effect on the world, whatever they import: no file, process, socket or clock. */
const PURE = paths(
  'present words vocabulary expect invariants quiz history wire tcp texts told.ts',
);
const PURE_BUILTINS = ['crypto', 'path', 'path/posix', 'util'];
const PURE_PACKAGES = ['picocolors', 'preact', 'zod'];

/** Packages that one thing is done with, and the layers that do it. */
const PACKAGES = table({
  koffi: 'sys',
  esbuild: 'build cli/package',
  preact: 'present/page',
  commander: 'cli',
  dockerode: 'backend cli ../docker',
});

const TESTS = String.raw`[./](test|fixture)\.tsx?$|/testing/`;
const UNIT_TEST = String.raw`\.test\.ts$`;
const SYSTEM_TEST = String.raw`\.system\.test\.ts$`;
const HOSTS =
  '^harness/(run/run|backend/netns|testing/backends|cli/cli.fixture|sys/testing/namespace).ts$';
const at = (places) => places.map((place) => `^${place}${place.endsWith('.ts') ? '$' : '/'}`);
const packages = (names) => names.map((name) => `node_modules/${name}/`);
const layers = LAYERS.flatMap(([layer]) => paths(layer));
const effects = builtinModules.filter((name) => !PURE_BUILTINS.includes(name));
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no circle', {}, { circular: true }),
    rule('not there', {}, { couldNotResolve: true }),
    rule('no such layer', {}, { path: '^harness/', pathNot: [...at(layers), '^harness/testing/'] }),
    rule(
      'what starts hosts is a system test',
      { path: UNIT_TEST, pathNot: SYSTEM_TEST },
      { path: HOSTS },
    ),
    rule('tests are for tests', { pathNot: TESTS }, { path: TESTS }),
    ...LAYERS.map(([name, others]) => {
      const [layer] = paths(name);
      return rule(
        `not from ${layer}`,
        { path: at([layer]), pathNot: TESTS },
        { path: at(['harness', ...layers]), pathNot: at([layer, ...others]) },
      );
    }),
    ...PACKAGES.map(([name, users]) =>
      rule(
        `${name} only in ${users.join(', ')}`,
        { pathNot: [TESTS, ...at(users)] },
        { path: packages([name]) },
      ),
    ),
    rule(
      'pure, transitively',
      { path: at(PURE), pathNot: TESTS },
      { reachable: true, path: `^(node:)?(${effects.join('|')})$` },
    ),
    rule(
      'pure packages',
      { path: at(PURE), pathNot: TESTS },
      { reachable: true, path: 'node_modules/', pathNot: packages(PURE_PACKAGES) },
    ),
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
