import { parseArgs } from 'node:util';

/** How the app is started on this machine. */
export interface LaunchOptions {
  /** Port of the API; S3 listens on the next one. 0 takes any free ports. */
  readonly port: number;
  /** Folder of the state. */
  readonly dataDir: string;
  /** Of cdk.json; the local one where absent. */
  readonly stage: string | undefined;
  /** Empties the state first. */
  readonly fresh: boolean;
  /** Starts without samples. */
  readonly empty: boolean;
  /** Ends after the samples. */
  readonly exit: boolean;
}

export const LAUNCH_USAGE = `Usage: npm start -- [--port N] [--data DIR] [--stage NAME] [--fresh] [--empty] [--exit]

  --port N     port of the API (8000); S3 listens on N+1; 0 takes any free ports
  --data DIR   folder of the state (.local)
  --stage NAME settings of a stage of cdk.json (local); each stage wants a folder of its own
  --fresh      empties the state first
  --empty      starts without the sample statements
  --exit       ends after the samples; exit code 0 only if both were reconciled`;

/** @throws Error where the words are not options of ours */
export function readLaunchOptions(words: readonly string[]): LaunchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: 'string', default: '8000' },
      data: { type: 'string', default: '.local' },
      stage: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      exit: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_534) throw new Error(`--port wants a whole number from 0 to 65534, not ${values.port}`);
  if (values.empty && values.exit) throw new Error('--exit ends after the samples, and --empty starts without any: give one of them');
  return { port, dataDir: values.data, stage: values.stage, fresh: values.fresh, empty: values.empty, exit: values.exit };
}
