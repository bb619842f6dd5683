/** Wrong arguments to a subcommand: the sentence is printed, the status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
