/** Types an example's commands into a terminal, each when the shell has a prompt again. No DOM: a test drives it. */
export interface Command {
  readonly command: string;
  readonly input: readonly string[];
}

export interface Player {
  /** Plays from that command on, after what is being played. */
  play(from: number, count?: number): void;
  /** The shell waits for a line. */
  prompt(): void;
  /** It does not any more: the reader sent one. */
  busy(): void;
  /** Nothing more is typed; what runs is interrupted. */
  stop(): void;
  readonly playing: boolean;
}

/** The terminal it plays in. */
export interface Stage {
  /** Sends a line in place of what the reader began to type, and what is typed into it. */
  run(command: Command): void;
  interrupt(): void;
}

export function createPlayer(commands: readonly Command[], stage: Stage, onChange: () => void): Player {
  const queue: Command[] = [];
  let ready = false;
  let running = false;
  const next = (): void => {
    if (!ready) return;
    const command = queue.shift();
    running = command !== undefined;
    onChange();
    if (!command) return;
    ready = false;
    stage.run(command);
  };
  return {
    play: (from, count = commands.length) => {
      queue.push(...commands.slice(from, from + count));
      next();
    },
    prompt: () => {
      ready = true;
      next();
    },
    busy: () => {
      ready = false;
    },
    stop: () => {
      queue.length = 0;
      if (running) stage.interrupt();
    },
    get playing() {
      return running || queue.length > 0;
    },
  };
}
