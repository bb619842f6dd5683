import { defineConfig } from 'vitest/config';

/** Real clients wait in real time, so they are a job of their own. */
export default defineConfig({ test: { include: ['tests/clients/**/*.client.ts'], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false } });
