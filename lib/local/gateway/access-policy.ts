import * as z from 'zod';

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** What a Lambda authorizer must answer. */
export const AuthorizerAnswer = z.object({
  principalId: z.string().min(1),
  policyDocument: z.object({
    Version: z.string().optional(),
    Statement: z.array(z.object({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMany, Resource: oneOrMany })),
  }),
  // Objects and lists make the whole answer invalid.
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
});

export type AuthorizerAnswer = z.infer<typeof AuthorizerAnswer>;

export type Verdict = 'allowed' | 'denied' | 'explicitly denied';

/** Whether a policy lets a method be invoked. A denial wins; what nothing allows is denied. */
export function evaluate({ policyDocument }: AuthorizerAnswer, methodArn: string): Verdict {
  const applicable = policyDocument.Statement.filter(
    ({ Action, Resource }) => Action.some((action) => matchesPattern('execute-api:Invoke', action)) && Resource.some((resource) => matchesPattern(methodArn, resource)),
  );
  if (applicable.some(({ Effect }) => Effect === 'Deny')) return 'explicitly denied';
  return applicable.length > 0 ? 'allowed' : 'denied';
}

function matchesPattern(value: string, pattern: string): boolean {
  const source = pattern.split(/([*?])/).map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&')));
  return new RegExp(`^${source.join('')}$`, 's').test(value);
}
