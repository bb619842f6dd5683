import type { Server } from 'node:http';

export interface ServeOptions {
  readonly dir: string;
  readonly base?: string;
  readonly port: number;
}

export function serve(options: ServeOptions): Promise<{ readonly server: Server; readonly port: number }>;
