import { DEFAULT_PATH, type ImageRecipe, program } from '../recipe.ts';

export const HELLO_WORLD: ImageRecipe = {
  repository: 'library/hello-world',
  tags: ['latest', 'linux'],
  version: 'latest',
  created: '2025-08-08T19:05:17Z',
  steps: [
    {
      createdBy: 'COPY hello / # buildkit',
      layer: { files: [program('hello', 'hello-world')], original: { sizeBytes: 2380, unpackedBytes: 10072 } },
    },
    { createdBy: 'CMD ["/hello"]' },
  ],
  config: { Env: [DEFAULT_PATH], Cmd: ['/hello'], WorkingDir: '/' },
};
