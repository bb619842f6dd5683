/** `docker completion SHELL`: a script that has the shell ask `docker __complete`. */
import { bool } from '../../flags/index.ts';
import { type Command, command, noArgs } from '../command.ts';
import { notYet } from '../not-yet.ts';
import { BASH_SCRIPT } from './bash.ts';

const NO_DESCRIPTIONS = { 'no-descriptions': bool('disable completion descriptions') };
const AGAIN = 'You will need to start a new shell for this setup to take effect.';

const each = (line: string): string => `To load completions for every new session, execute once:\n\n\t${line}`;
const current = (line: string): string => `To load completions in your current shell session:\n\n\t${line}`;
const eachOf = (linux: string, mac: string): string =>
  `To load completions for every new session, execute once:\n\n#### Linux:\n\n\t${linux}\n\n#### macOS:\n\n\t${mac}`;

const described = (shell: string, ...parts: readonly string[]): string =>
  [`Generate the autocompletion script for ${shell}.`, ...parts].join('\n\n');

const bash = command({
  names: ['completion bash'],
  summary: 'Generate the autocompletion script for bash',
  description: described(
    'the bash shell',
    "This script depends on the 'bash-completion' package.\nIf it is not installed already, you can install it via your OS's package manager.",
    current('source <(docker completion bash)'),
    eachOf(
      'docker completion bash > /etc/bash_completion.d/docker',
      'docker completion bash > $(brew --prefix)/etc/bash_completion.d/docker',
    ),
    AGAIN,
  ),
  usage: '',
  args: { ...noArgs, unknown: true },
  complete: 'nothing',
  flags: NO_DESCRIPTIONS,
  run: ({ out }) => out.text(BASH_SCRIPT),
});

/** A shell whose script this client does not have. */
const without = (shell: string, description: string): Command =>
  command({
    names: [`completion ${shell}`],
    summary: `Generate the autocompletion script for ${shell}`,
    description,
    usage: '[flags]',
    args: { ...noArgs, unknown: true },
    complete: 'nothing',
    flags: NO_DESCRIPTIONS,
    run: async () => {
      throw notYet(`'docker completion ${shell}'`);
    },
  });

const fish = without(
  'fish',
  described(
    'the fish shell',
    current('docker completion fish | source'),
    each('docker completion fish > ~/.config/fish/completions/docker.fish'),
    AGAIN,
  ),
);

const powershell = without(
  'powershell',
  described(
    'powershell',
    current('docker completion powershell | Out-String | Invoke-Expression'),
    'To load completions for every new session, add the output of the above command\nto your powershell profile.',
  ),
);

const zsh = without(
  'zsh',
  described(
    'the zsh shell',
    'If shell completion is not already enabled in your environment you will need\nto enable it.  You can execute the following once:\n\n\techo "autoload -U compinit; compinit" >> ~/.zshrc',
    current('source <(docker completion zsh)'),
    eachOf('docker completion zsh > "${fpath[1]}/_docker"', 'docker completion zsh > $(brew --prefix)/share/zsh/site-functions/_docker'),
    AGAIN,
  ),
);

export const SHELLS: readonly Command[] = [bash, fish, powershell, zsh];

/** `docker completion --help`. */
export const HELP = `Usage:  docker completion COMMAND

Generate the autocompletion script for docker for the specified shell.
See each sub-command's help for details on how to use the generated script.

Commands:
${SHELLS.map(({ names, summary }) => `  ${(names[0] ?? '').replace('completion ', '').padEnd(11)} ${summary}\n`).join('')}
Run 'docker completion COMMAND --help' for more information on a command.
`;
