import * as z from 'zod';

/** A positive integer id in a path. */
export const idPath = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/u)
    .transform(Number),
});

/** A filter that is given but blank filters nothing. */
export function optionalFilter<Value>(schema: z.ZodType<Value, string>) {
  return z.preprocess((text) => (typeof text === 'string' && text.trim() === '' ? undefined : text), schema.optional()).optional();
}

/** `limit` and `cursor` of a list. A cursor is a number that only we understand. */
export function pagingQuery(defaultLimit: number, largestLimit: number) {
  return {
    limit: z
      .string()
      .refine((text) => /^\d{1,6}$/u.test(text) && Number(text) >= 1, { error: 'Un nombre entier à partir de 1 est attendu.' })
      .transform((text) => Math.min(Number(text), largestLimit))
      .default(defaultLimit),
    cursor: z
      .string()
      .refine((text) => /^\d{1,15}$/u.test(text), { error: "Ce curseur n'en est pas un : reprenez celui de l'en-tête Link." })
      .transform(Number)
      .optional(),
  };
}
