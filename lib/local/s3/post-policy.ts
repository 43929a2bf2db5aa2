import * as z from 'zod';
import { S3Error } from './s3-error.ts';

/** What a form was allowed to say when its policy was signed. */
export interface PostPolicy {
  /** Bytes of the file, both ends included; `undefined` where the policy does not say. */
  readonly size: { readonly least: number; readonly most: number } | undefined;
}

const Condition = z.union([
  z.tuple([z.literal('content-length-range'), z.coerce.number().int().nonnegative(), z.coerce.number().int().nonnegative()]),
  z.tuple([
    z
      .string()
      .transform((operator) => operator.toLowerCase())
      .pipe(z.enum(['eq', 'starts-with'])),
    z.string().regex(/^\$.+/),
    z.string(),
  ]),
  z.record(z.string(), z.string()),
]);

const Policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(Condition) });

/** Fields that a policy need not speak of. */
const UNCHECKED = new Set(['policy', 'x-amz-signature', 'signature', 'awsaccesskeyid', 'file']);

/** Fields whose values may be a list, of which each one must begin as the condition says. */
const LISTS = new Set(['content-type']);

/**
 * Checks a form against its own policy.
 * @param fields by lower-case name, `key` already with its file name
 * @throws S3Error AccessDenied, InvalidPolicyDocument
 */
export function checkPolicy(encoded: string, fields: ReadonlyMap<string, string>, bucket: string, now: Date): PostPolicy {
  const policy = readPolicy(encoded);
  if (now.getTime() >= Date.parse(policy.expiration)) throw denied('Policy expired.');
  const known = new Map([...fields, ['bucket', bucket] as const]);
  const covered = new Set<string>();
  let size: PostPolicy['size'];
  for (const condition of policy.conditions.flatMap(conditionsOf)) {
    if (condition.kind === 'size') {
      size = { least: condition.least, most: condition.most };
      continue;
    }
    covered.add(condition.field);
    const value = known.get(condition.field) ?? '';
    if (!holds(condition, value)) throw denied(`Policy Condition failed: ["${condition.kind}", "$${condition.field}", "${condition.value}"]`);
  }
  const extra = [...fields.keys()].filter((field) => !covered.has(field) && !UNCHECKED.has(field) && !field.startsWith('x-ignore-'));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  return { size };
}

type FlatCondition =
  | { readonly kind: 'size'; readonly least: number; readonly most: number }
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string };

function conditionsOf(condition: z.infer<typeof Condition>): readonly FlatCondition[] {
  if (!Array.isArray(condition)) return Object.entries(condition).map(([field, value]) => ({ kind: 'eq', field: field.toLowerCase(), value }));
  if (condition[0] === 'content-length-range') return [{ kind: 'size', least: condition[1], most: condition[2] }];
  return [{ kind: condition[0], field: condition[1].slice(1).toLowerCase(), value: condition[2] }];
}

function holds({ kind, field, value: expected }: Extract<FlatCondition, { readonly kind: 'eq' | 'starts-with' }>, value: string): boolean {
  if (kind === 'eq') return value === expected;
  return LISTS.has(field) ? value.split(',').every((one) => one.trim().startsWith(expected)) : value.startsWith(expected);
}

function readPolicy(encoded: string): z.infer<typeof Policy> {
  try {
    return Policy.parse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch {
    throw new S3Error(400, 'InvalidPolicyDocument', 'The content of the form does not meet the conditions specified in the policy document.');
  }
}

function denied(why: string): S3Error {
  return new S3Error(403, 'AccessDenied', `Invalid according to Policy: ${why}`);
}
