import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { Template } from './template.ts';

/** One synthesized stack and the files that its template names. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Absolute path of each asset by the object key that the template gives it. */
  readonly assets: ReadonlyMap<string, string>;
}

const AssetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }), destinations: z.record(z.string(), z.object({ objectKey: z.string() })) })).default({}),
});

const TEMPLATE_ENDING = '.template.json';

/**
 * Reads the stacks of a CDK output folder, in the order of their names.
 * @throws Error if the folder holds no template, ZodError if a file is not what the CDK writes.
 */
export async function readAssembly(folder: string): Promise<readonly Stack[]> {
  const files = (await readdir(folder)).toSorted();
  const names = files.filter((file) => file.endsWith(TEMPLATE_ENDING)).map((file) => file.slice(0, -TEMPLATE_ENDING.length));
  if (names.length === 0) throw new Error(`no *${TEMPLATE_ENDING} in ${folder}`);
  return Promise.all(
    names.map(async (name) => ({
      name,
      template: Template.parse(await readJson(join(folder, `${name}${TEMPLATE_ENDING}`))),
      assets: files.includes(`${name}.assets.json`) ? await readAssets(folder, `${name}.assets.json`) : new Map<string, string>(),
    })),
  );
}

async function readAssets(folder: string, file: string): Promise<ReadonlyMap<string, string>> {
  const manifest = AssetManifest.parse(await readJson(join(folder, file)));
  return new Map(
    Object.values(manifest.files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(folder, source.path ?? '')] as const),
    ),
  );
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
