/** Help texts that several commands have. */
const format = (url: string): string =>
  [
    'Format output using a custom template:',
    "'table':            Print output in table format with column headers (default)",
    "'table TEMPLATE':   Print output in table format using the given Go template",
    "'json':             Print in JSON format",
    "'TEMPLATE':         Print output using the given Go template.",
    `Refer to ${url} for more information about formatting output with templates`,
  ].join('\n');
export const FORMAT = format('https://docs.docker.com/go/formatting/');
export const STATS_FORMAT = format('https://docs.docker.com/engine/cli/formatting/');
