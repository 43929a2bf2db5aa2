import * as z from 'zod';

const texts = z.array(z.string()).min(1);

/** RFC 9457, with the texts of each field where fields are to blame. */
export const problemAnswer = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.record(z.string(), texts).optional(),
});

/** The seed's refusals of a statement. */
export const unknownOperator = z.object({ operator: z.literal("doesn't exist") });
export const wrongHeaders = z.object({ file: z.literal('the headers do not match') });
/** 0-based numbers of the bad rows; none for a file without rows. The blank at the end of the key is the seed's. */
export const badRows = z.object({ file: z.literal('empty'), 'problem to line ': z.array(z.int().min(0)) });
export const wrongAccount = z.object({ operator: z.literal('invalid') });
export const alreadyProcessed = z.object({ existance: z.literal('exist'), person: z.string() });

/** The old system's words for fields that were refused at sign-in: nothing around them. */
export const refusedRegistration = z.union([z.object({ username: texts }), z.object({ password: texts })]);
export const refusedPassword = z.object({ new_password: texts });

export const invalidGrant = z.object({ error: z.literal('invalid_grant'), error_description: z.string() });
