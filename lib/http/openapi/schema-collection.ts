import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { meaningOf } from './field-meanings.ts';
import { type JsonSchema, jsonSchema } from './json-schema.ts';
import { NAMED_ANSWERS, NAMED_REQUESTS } from './named-schemas.ts';

/** Turns the zod schemas of requests and answers into JSON Schema; those with a name become references. */
export interface SchemaCollection {
  readonly request: (schema: z.ZodType) => JsonSchema;
  readonly answer: (schema: z.ZodType) => JsonSchema;
  /** The named ones, by name. */
  readonly components: () => Readonly<Record<string, JsonSchema>>;
}

export function schemaCollection(): SchemaCollection {
  const requests = namedSchemas(NAMED_REQUESTS, 'input');
  const answers = namedSchemas(NAMED_ANSWERS, 'output');
  return {
    request: requests.schemaOf,
    answer: answers.schemaOf,
    components() {
      const merged = { ...answers.components, ...requests.components };
      // A name that means two things, one coming in and one going out, would describe neither.
      for (const [name, schema] of Object.entries(answers.components)) {
        if (!isDeepStrictEqual(schema, merged[name])) throw new Error(`the schema ${name} differs between requests and answers`);
      }
      return merged;
    },
  };
}

function namedSchemas(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const settings = { io, unrepresentable: 'any', override: sayFile } as const;
  const { schemas } = z.toJSONSchema(registry, { ...settings, uri: (id) => `${PLACE}${id}` });
  return {
    components: Object.fromEntries(Object.keys(named).map((name) => [name, readable(schemas[name], name)])),
    schemaOf(schema: z.ZodType): JsonSchema {
      const known = registry.get(schema);
      return known === undefined ? readable(z.toJSONSchema(schema, { ...settings, metadata: registry }), '') : { $ref: `${PLACE}${known.id}` };
    },
  };
}

const PLACE = '#/components/schemas/';

/** A file is the one thing that we take and JSON has no word for. */
function sayFile({ zodSchema, jsonSchema: schema }: { readonly zodSchema: z.core.$ZodTypes; readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (zodSchema._zod.def.type !== 'custom') return;
  schema.type = 'string';
  schema.format = 'binary';
}

/** What zod writes, without what tells a reader nothing, and with what each field means. */
function readable(converted: unknown, component: string): JsonSchema {
  return explained(jsonSchema.parse(JSON.parse(JSON.stringify(converted), withoutNoise)), component);
}

/** A schema without a name that holds itself: any value of JSON, in the schemas that we have. */
const WITHIN_ITSELF = /\/(?:__)?schema\d+$/u;

function withoutNoise(key: string, value: unknown): unknown {
  if (key === '$schema' || key === '$id' || key === '$defs') return undefined;
  if (key === '$ref' && typeof value === 'string') return value.replace('#/$defs/', PLACE);
  if ((key === 'minimum' || key === 'maximum') && typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER) return undefined;
  if (isObject(value) && typeof value['$ref'] === 'string' && WITHIN_ITSELF.test(value['$ref'])) return {};
  // The name of the format says it.
  return isObject(value) && typeof value['format'] === 'string' && 'pattern' in value ? { ...value, pattern: undefined } : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explained(schema: JsonSchema, component: string): JsonSchema {
  const inside = (one: JsonSchema) => explained(one, component);
  const { properties, items, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(items && { items: inside(items) }),
    ...(anyOf && { anyOf: anyOf.map(inside) }),
    ...(oneOf && { oneOf: oneOf.map(inside) }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, withMeaning(inside(field), meaningOf(component, name))])) }),
  };
}

function withMeaning(field: JsonSchema, meaning: string | undefined): JsonSchema {
  return meaning === undefined ? field : { ...field, description: meaning };
}
