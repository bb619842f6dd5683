import type { ListFormat } from './list.ts';

export interface ContextRow {
  readonly name: string;
  readonly description: string;
  readonly endpoint: string;
  readonly current: boolean;
  readonly error: string;
}

/** The rows of `docker context ls`. */
export const CONTEXTS: ListFormat<ContextRow> = {
  type: '*formatter.clientContextContext',
  table: '{{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}',
  quiet: '{{.Name}}',
  heads: { Name: 'NAME', Description: 'DESCRIPTION', DockerEndpoint: 'DOCKER ENDPOINT', Error: 'ERROR', Current: '' },
  columns: {
    Current: (row) => row.current,
    Description: (row) => row.description,
    DockerEndpoint: (row) => row.endpoint,
    Error: (row) => row.error,
    Name: (row) => row.name,
  },
};
