import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import * as z from 'zod';
import { readStage, type Stage } from '../stage.ts';
import { ReconciliationStack } from './reconciliation-stack.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The project's folder. */
export const PROJECT = { root: ROOT, bundles: join(ROOT, 'dist', 'functions') } as const;

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

export interface ReconciliationAppOptions {
  /** The context's `stage` where absent. */
  readonly stageName?: string;
  /** Channels of notices instead of the stage's own. */
  readonly notices?: Stage['notices'];
  /** Folder of `<area>/<name>/index.mjs`. */
  readonly functionsDirectory: string;
  /** Folder that the templates are written to. */
  readonly outdir?: string;
}

/**
 * The app of one stage. It reads cdk.json by itself, so that it makes the same template with and without the CDK's command line.
 * @throws Error about stage settings.
 */
export function reconciliationApp({ stageName, notices, functionsDirectory, outdir }: ReconciliationAppOptions): {
  readonly app: App;
  readonly stack: ReconciliationStack;
  readonly stage: Stage;
} {
  const { context } = cdkJson.parse(JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')));
  const props: AppProps = { context, analyticsReporting: false, treeMetadata: false, ...(outdir === undefined ? {} : { outdir }) };
  const app = new App(props);
  const declared = readStage(app.node.tryGetContext('stages'), stageName ?? String(app.node.tryGetContext('stage')));
  const stage = notices === undefined ? declared : { ...declared, notices };
  return { app, stage, stack: new ReconciliationStack(app, { stage, functionsDirectory }) };
}
