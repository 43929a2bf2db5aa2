import { PROJECT, reconciliationApp } from '../lib/infrastructure/app.ts';
import { bundleFunctions } from '../lib/infrastructure/function-bundles.ts';
import { ENTRIES } from '../lib/infrastructure/functions.ts';

// The CDK's own validation of the template takes longer than everything else together: asked for in the checks, with CDK_VALIDATION=true.
process.env['CDK_VALIDATION'] ??= 'false';

bundleFunctions({ root: PROJECT.root, entries: ENTRIES, outputDirectory: PROJECT.bundles });
reconciliationApp({ functionsDirectory: PROJECT.bundles }).app.synth();
