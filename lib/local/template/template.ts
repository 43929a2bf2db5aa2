import * as z from 'zod';

/** A value of a template, before or after its intrinsic functions are resolved. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

const jsonObject = z.record(z.string(), z.json());

const resource = z.object({
  Type: z.string(),
  Properties: jsonObject.default({}),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
});

const output = z.object({
  Value: z.json(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.json() }).optional(),
});

/** The parts of a CloudFormation template that decide what exists. Metadata and rules describe the deployment, not the app. */
export const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.json().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), jsonObject)).default({}),
  Conditions: jsonObject.default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), output).default({}),
  Transform: z.undefined({ error: 'templates with a Transform are not supported' }).optional(),
});

export type Template = z.infer<typeof Template>;
export type ResourceDeclaration = Template['Resources'][string];

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
