import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../lib/infrastructure/app.ts';

/** A file of what is deployed, by its path in the project. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const NOT_DEPLOYED = /^lib\/(local|infrastructure|cli)\//u;

/** The sources of what the functions run. */
export function runtimeSources(): readonly Source[] {
  return ['lib', 'functions']
    .flatMap((folder) => readdirSync(join(PROJECT.root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.ts') && !NOT_DEPLOYED.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(PROJECT.root, path), 'utf8') }));
}
