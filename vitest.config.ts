import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// One file plays all recordings, and takes as long as all others together: the others need a process of their own beside it.
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({ test: { include: ['tests/**/*.test.ts'], exclude: ['tests/site/**'], testTimeout: 60_000, maxWorkers } });
