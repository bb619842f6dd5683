/** `node --help`: the options that this model has. */
export const HELP = `Usage: node [options] [ script.js ] [arguments]
       node inspect [options] [ script.js | host:port ] [arguments]

Options:
  -                                 script read from stdin (default if no
                                    file name is provided, interactive mode
                                    if a tty)
  --                                indicate the end of node options
  -c, --check                       syntax check script without executing
  -e, --eval=...                    evaluate script
  --env-file=...                    set environment variables from supplied
                                    file
  -h, --help                        print node command line options
                                    (currently set)
  -i, --interactive                 always enter the REPL even if stdin does
                                    not appear to be a terminal
  --import=...                      ES module to preload (option can be
                                    repeated)
  --input-type=...                  set module type for string input
  --max-old-space-size=...
  -p, --print [...]                 evaluate script and print result
  -r, --require=...                 CommonJS module to preload (option can be
                                    repeated)
  -v, --version                     print Node.js version
  --watch                           run in watch mode

Environment variables:
NODE_OPTIONS                        set CLI options in the environment via a
                                    space-separated list
NODE_PATH                           ':'-separated list of directories
                                    prefixed to the module search path

Documentation can be found at https://nodejs.org/
`;
