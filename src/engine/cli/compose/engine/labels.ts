/** The labels by which Compose knows what is its own. Upstream: compose pkg/api/labels.go. */
const PREFIX = 'com.docker.compose';
export const LABEL = {
  project: `${PREFIX}.project`,
  service: `${PREFIX}.service`,
  hash: `${PREFIX}.config-hash`,
  number: `${PREFIX}.container-number`,
  volume: `${PREFIX}.volume`,
  network: `${PREFIX}.network`,
  workingDir: `${PREFIX}.project.working_dir`,
  files: `${PREFIX}.project.config_files`,
  envFile: `${PREFIX}.project.environment_file`,
  oneOff: `${PREFIX}.oneoff`,
  slug: `${PREFIX}.slug`,
  image: `${PREFIX}.image`,
  dependsOn: `${PREFIX}.depends_on`,
  version: `${PREFIX}.version`,
  replace: `${PREFIX}.replace`,
} as const;
