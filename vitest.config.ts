import { defineConfig } from 'vitest/config';

const SOURCES = '{harness,labs,servers,clients,docker,docs}/**/*';

/**
 * Two tiers, told apart by a file's name. `*.system.test.ts` wants something of the machine: root or
 * user namespaces, a tool that `npm test` installs, a container, a browser; or it starts our command
 * line again and again. All other tests run for anybody, anywhere, within a minute.
 */
export default defineConfig({
  test: {
    // What the tests expect is English, whoever runs them.
    env: { LC_ALL: '', LC_MESSAGES: 'C' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './harness/testing/slowest.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${SOURCES}.test.ts`],
          exclude: [`${SOURCES}.system.test.ts`],
          // They leave nothing behind that another could stumble over: more than twice as fast.
          isolate: false,
          pool: 'threads',
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: [`${SOURCES}.system.test.ts`],
          runner: './harness/testing/skipping-runner.ts',
        },
      },
    ],
  },
});
