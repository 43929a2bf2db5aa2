/** Why a command came to nothing. `message` is French, for the person at the terminal: what happened and what to do. */
export class RemoteError extends Error {
  readonly exitCode: number;
  /** What `--json` shows: `error` is the status of the API, or a word where it did not answer. */
  readonly json: Readonly<Record<string, unknown>>;

  constructor(message: string, exitCode: number, json: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = 'RemoteError';
    this.exitCode = exitCode;
    this.json = json;
  }
}
