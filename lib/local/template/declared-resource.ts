import * as z from 'zod';
import type { Json, JsonObject } from './template.ts';

/** A resource of a template with what is known about it before it exists. */
export interface DeclaredResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Resolved when they are first read. */
  readonly properties: JsonObject;
  /** What `Ref` gives. */
  readonly physicalId: string;
}

/** How the resources of one type are named and made. */
export interface ResourceType<Services> {
  readonly physicalId: (resource: DeclaredResource, services: Services) => string;
  /** `Fn::GetAtt`, by attribute. */
  readonly attributes: Readonly<Record<string, (resource: DeclaredResource, services: Services) => Json>>;
  readonly provision: (resource: DeclaredResource, services: Services) => Promise<void> | void;
}

/** A property that changes nothing that could be seen on one machine. */
export const withoutLocalMeaning = z.unknown().optional();

/** CloudFormation takes numbers and booleans as text too. */
export const templateNumber = z.coerce.number();
export const templateBoolean = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/**
 * Reads the properties of a resource.
 * @throws Error naming the resource and each property that is missing, wrong or not supported here.
 */
export function readProperties<Schema extends z.ZodType>(schema: Schema, { type, logicalId, properties }: DeclaredResource): z.infer<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.length === 0 ? '' : `${path.join('.')}: `}${message}`);
  throw new Error(`${type} ${logicalId} cannot be made here: ${problems.join('; ')}`);
}

/** The text of a property that may name the resource. */
export function givenName({ properties }: DeclaredResource, property: string): string | undefined {
  const name = properties[property];
  return typeof name === 'string' ? name : undefined;
}
