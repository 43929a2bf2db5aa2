import type { Terminal } from './terminal.ts';

/** What a command comes to, for scripts. */
export const EXIT = {
  done: 0,
  /** The file, the tache or the wish was refused, or the reconciliation failed. */
  refused: 1,
  usage: 2,
  /** Nobody answered, or nobody is signed in. */
  unreachable: 3,
  /** Only where it is asked for: the reconciliation left something to explain. */
  unequal: 4,
  interrupted: 130,
} as const;

/** One command that talks to a deployed API. */
export interface RemoteCommand {
  /** French; the lines of the usage that are this command's. */
  readonly usage: string;
  /** @returns the exit code @throws UsageError @throws RemoteError */
  run(words: readonly string[], terminal: Terminal): Promise<number>;
}
