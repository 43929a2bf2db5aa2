import { enableCompileCache } from 'node:module';

// The sources are compiled at the first call only: that takes longer than matching a small file.
enableCompileCache();
const { reconcile } = await import('../lib/cli/reconcile.ts');
process.exitCode = await reconcile(process.argv.slice(2));
