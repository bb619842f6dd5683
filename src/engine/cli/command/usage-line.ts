import type { Command } from './command.ts';

/** What errors and help say of how a command is called. */
export const usageLine = (command: Command, path: string): string =>
  `docker ${command.as ?? path}${command.usage === '' ? '' : ` ${command.usage}`}`;
