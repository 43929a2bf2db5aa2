import * as z from 'zod';
import { CognitoError, invalidParameter } from './cognito-error.ts';
import type { Directory } from './directory.ts';

/** One call of the user pool API. */
export interface Operation {
  readonly name: string;
  readonly perform: (directory: Directory, body: string) => Promise<object>;
}

/**
 * An operation with the members that it knows. A member that Cognito has and this pool does not is refused, never passed over.
 */
export function operation<Input>(name: string, schema: z.ZodType<Input>, work: (directory: Directory, input: Input) => object | Promise<object>): Operation {
  return {
    name,
    async perform(directory, body) {
      const parsed = schema.safeParse(readJson(body));
      if (!parsed.success) throw badInput(name, parsed.error);
      return work(directory, parsed.data);
    },
  };
}

export const PoolId = z.string().min(1).max(55);
export const ClientId = z.string().min(1).max(128);
export const Username = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const GroupName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const Password = z.string().max(256);

/** Members that only triggers and threat protection would read: there are none here, so nothing is lost by not reading them. */
export const WITHOUT_EFFECT = {
  ClientMetadata: z.record(z.string(), z.string()).optional(),
  AnalyticsMetadata: z.object({}).optional(),
  UserContextData: z.object({}).optional(),
  ContextData: z.object({}).optional(),
  ValidationData: z.array(z.object({})).optional(),
};

/** Dates travel as seconds since 1970. */
export function timestamp(milliseconds: number): number {
  return milliseconds / 1_000;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new CognitoError('SerializationException', 'The request body is not JSON.');
  }
}

function badInput(name: string, { issues }: z.ZodError): CognitoError {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') return invalidParameter(`This local user pool does not implement ${unknown.keys.join(', ')} of ${name}`);
  const [first] = issues;
  return invalidParameter(
    `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: Value at '${first?.path.join('.')}' failed to satisfy constraint: ${first?.message}`,
  );
}
