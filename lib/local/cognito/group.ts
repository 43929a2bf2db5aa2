import * as z from 'zod';

export const Group = z
  .object({
    name: z.string(),
    description: z.string().optional(),
    /** The smaller comes first. */
    precedence: z.number().optional(),
    created: z.number(),
    modified: z.number(),
  })
  .readonly();
export type Group = z.infer<typeof Group>;
