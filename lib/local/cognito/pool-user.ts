import * as z from 'zod';

export const UserAttribute = z.object({ Name: z.string().min(1).max(32), Value: z.string().max(2048).default('') }).readonly();
export type UserAttribute = z.infer<typeof UserAttribute>;

export const HashedPassword = z.object({ salt: z.string(), hash: z.string() }).readonly();
export type HashedPassword = z.infer<typeof HashedPassword>;

/** Failed sign-ins since the last good one. Times in milliseconds since 1970. */
export const Attempts = z.object({ failures: z.number(), lastAt: z.number(), lockedUntil: z.number() }).readonly();
export type Attempts = z.infer<typeof Attempts>;

export const NO_ATTEMPTS: Attempts = { failures: 0, lastAt: 0, lockedUntil: 0 };

export const PoolUser = z
  .object({
    /** As it was given when the user was made. */
    username: z.string(),
    sub: z.string(),
    attributes: z.array(UserAttribute).readonly(),
    enabled: z.boolean(),
    status: z.enum(['UNCONFIRMED', 'CONFIRMED', 'FORCE_CHANGE_PASSWORD']),
    password: HashedPassword.optional(),
    groups: z.array(z.string()).readonly(),
    attempts: Attempts,
    /** When all tokens of the user were last revoked; for tokens that name no sign-in. */
    signedOutAt: z.number(),
    created: z.number(),
    modified: z.number(),
  })
  .readonly();
export type PoolUser = z.infer<typeof PoolUser>;

export function attributeOf(user: Pick<PoolUser, 'attributes'>, name: string): string | undefined {
  return user.attributes.find((attribute) => attribute.Name === name)?.Value;
}
