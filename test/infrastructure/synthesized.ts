import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { reconciliationApp } from '../../lib/infrastructure/app.ts';
import { ENTRIES } from '../../lib/infrastructure/functions.ts';
import type { Stage } from '../../lib/stage.ts';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const template = z.object({ Resources: z.record(z.string(), resource), Outputs: z.record(z.string(), z.object({ Value: z.unknown() })) });

export type Template = z.infer<typeof template>;
type Resource = z.infer<typeof resource>;

export interface Found<Properties> extends Omit<Resource, 'Properties'> {
  readonly id: string;
  readonly properties: Properties;
}

export const STAGES = ['local', 'staging', 'production'] as const;

/** Does something with a folder of functions that do nothing, where only the template is looked at. */
export function withEmptyFunctions<Result>(use: (functionsDirectory: string, outdir: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'infrastructure-'));
  try {
    const functionsDirectory = join(folder, 'functions');
    for (const entry of ENTRIES) {
      mkdirSync(join(functionsDirectory, entry), { recursive: true });
      writeFileSync(join(functionsDirectory, entry, 'index.mjs'), `export const handler = async () => '${entry}';\n`);
    }
    return use(functionsDirectory, join(folder, 'out'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const templates = new Map<string, Template>();

/** The template that a stage deploys. @param notices channels instead of its own */
export function templateOf(stageName: string, notices?: Stage['notices']): Template {
  const name = `${stageName} ${JSON.stringify(notices)}`;
  const known = templates.get(name);
  if (known !== undefined) return known;
  process.env['CDK_VALIDATION'] = 'false';
  const made = withEmptyFunctions((functionsDirectory, outdir) => {
    const { app, stack } = reconciliationApp({ stageName, functionsDirectory, outdir, ...(notices && { notices }) });
    return template.parse(app.synth().getStackByName(stack.stackName).template);
  });
  templates.set(name, made);
  return made;
}

/** The resources of a type, their properties read by a schema. There is always one: a check must not pass on nothing. */
export function resourcesOf<Properties>({ Resources }: Template, type: string, schema: z.ZodType<Properties>): readonly Found<Properties>[] {
  const found = Object.entries(Resources).filter(([, { Type }]) => Type === type);
  if (found.length === 0) throw new Error(`the template has no ${type}`);
  return found.map(([id, { Properties, ...rest }]) => ({ ...rest, id, properties: schema.parse(Properties) }));
}

/** `{"Ref": id}` or `{"Fn::GetAtt": [id, attribute]}` → id. */
export const reference = z
  .union([z.object({ Ref: z.string() }).transform(({ Ref }) => Ref), z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0])])
  .describe('a reference to a resource');

/** A text of a template on one line, its references as `<id>`. */
export function written(value: unknown): string {
  const parsed = z
    .union([
      z.string(),
      reference.transform((id) => `<${id}>`),
      z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).transform((value) => value['Fn::Join'][1].map(written).join(value['Fn::Join'][0])),
    ])
    .safeParse(value);
  return parsed.success ? parsed.data : JSON.stringify(value);
}
