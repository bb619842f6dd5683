import { DEFAULT_PATH, directories, type ImageRecipe, program } from '../recipe.ts';

/** What `# syntax=docker/dockerfile:1` names: the builder looks it up, and goes on with the Dockerfile that it speaks itself. */
export const DOCKERFILE: ImageRecipe = {
  repository: 'docker/dockerfile',
  tags: ['1', '1.7', 'latest'],
  version: '1.7.1',
  created: '2024-06-13T05:55:10Z',
  steps: [
    {
      createdBy: 'COPY /dockerfile-frontend /bin/dockerfile-frontend # buildkit',
      layer: {
        files: [...directories('bin'), program('bin/dockerfile-frontend', 'absent:dockerfile-frontend')],
        original: { sizeBytes: 11_900_000, unpackedBytes: 34_000_000 },
      },
    },
    { createdBy: 'LABEL moby.buildkit.frontend.network.none=true' },
    {
      createdBy:
        'LABEL moby.buildkit.frontend.caps=moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts',
    },
    { createdBy: 'ENTRYPOINT ["/bin/dockerfile-frontend"]' },
  ],
  config: {
    Env: [DEFAULT_PATH],
    Entrypoint: ['/bin/dockerfile-frontend'],
    WorkingDir: '/',
    Labels: {
      'moby.buildkit.frontend.caps': 'moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts',
      'moby.buildkit.frontend.network.none': 'true',
    },
  },
};
