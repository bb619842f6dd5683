/** What the help of each of these commands says below its summary. */
export const experimental = (summary: string, name: string): string =>
  `${summary}\n\nEXPERIMENTAL:\n  docker manifest ${name} is an experimental feature.\n  Experimental features provide early access to product functionality. These\n  features may change between releases without warning, or can be removed from a\n  future release. Learn more about experimental features in our documentation:\n  https://docs.docker.com/go/experimental/`;
