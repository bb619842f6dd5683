/** Help texts of groups that come from plugins, or that say more than their commands. */
export const BUILDER = `Usage:  docker buildx [OPTIONS] COMMAND

Extended build capabilities with BuildKit

Options:
      --builder string   Override the configured builder instance
                         (default "default")
  -D, --debug            Enable debug logging

Management Commands:
  dap         Start debug adapter protocol compatible debugger
  history     Commands to work on build records
  imagetools  Commands to work on images in registry
  policy      Commands for working with build policies

Commands:
  bake        Build from a file
  build       Start a build
  create      Create a new builder instance
  dial-stdio  Proxy current stdio streams to builder instance
  du          Disk usage
  inspect     Inspect current builder instance
  ls          List builder instances
  prune       Remove build cache
  rm          Remove one or more builder instances
  stop        Stop builder instance
  use         Set the current builder instance
  version     Show buildx version information

Run 'docker buildx COMMAND --help' for more information on a command.

Experimental commands and flags are hidden. Set BUILDX_EXPERIMENTAL=1 to show them.
`;

export const BUILDERDAP = `Usage:  docker buildx dap [OPTIONS] COMMAND

Start debug adapter protocol compatible debugger

Options:
      --builder string   Override the configured builder instance
                         (default "default")
  -D, --debug            Enable debug logging

Commands:
  build       Start a build

Run 'docker buildx dap COMMAND --help' for more information on a command.
`;

export const BUILDERHISTORY = `Usage:  docker buildx history [OPTIONS] COMMAND

Commands to work on build records

Options:
      --builder string   Override the configured builder instance
                         (default "default")
  -D, --debug            Enable debug logging

Management Commands:
  inspect     Inspect a build record

Commands:
  export      Export build records into Docker Desktop bundle
  import      Import build records into Docker Desktop
  logs        Print the logs of a build record
  ls          List build records
  open        Open a build record in Docker Desktop
  rm          Remove build records
  trace       Show the OpenTelemetry trace of a build record

Run 'docker buildx history COMMAND --help' for more information on a command.
`;

export const BUILDERIMAGETOOLS = `Usage:  docker buildx imagetools [OPTIONS] COMMAND

Commands to work on images in registry

Options:
      --builder string   Override the configured builder instance
                         (default "default")
  -D, --debug            Enable debug logging

Commands:
  create      Create a new image based on source images
  inspect     Show details of an image in the registry

Run 'docker buildx imagetools COMMAND --help' for more information on a command.
`;

export const BUILDERPOLICY = `Usage:  docker buildx policy [OPTIONS] COMMAND

Commands for working with build policies

Options:
      --builder string   Override the configured builder instance
                         (default "default")
  -D, --debug            Enable debug logging

Commands:
  eval        Evaluate policy for a source
  test        Run policy tests

Run 'docker buildx policy COMMAND --help' for more information on a command.
`;

export const MANIFEST = `Usage:  docker manifest COMMAND

The **docker manifest** command has subcommands for managing image manifests and
manifest lists. A manifest list allows you to use one name to refer to the same image
built for multiple architectures.

To see help for a subcommand, use:

    docker manifest CMD --help

For full details on using docker manifest lists, see the registry v2 specification.

EXPERIMENTAL:
  docker manifest is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/

Commands:
  annotate    Add additional information to a local image manifest
  create      Create a local manifest list for annotating and pushing to a registry
  inspect     Display an image manifest, or manifest list
  push        Push a manifest list to a repository
  rm          Delete one or more manifest lists from local storage

Run 'docker manifest COMMAND --help' for more information on a command.
`;
