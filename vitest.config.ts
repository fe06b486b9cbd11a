import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,labs,servers,clients,docker,docs}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
