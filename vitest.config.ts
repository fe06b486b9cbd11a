import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,labs,servers,clients,docker,docs}/**/*.test.ts'],
    // What the tests expect is English, whoever runs them.
    env: { LC_ALL: '', LC_MESSAGES: 'C' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
