import * as z from 'zod';

export const PasswordPolicy = z
  .object({
    minimumLength: z.int().min(6).max(99).default(8),
    requireLowercase: z.boolean().default(true),
    requireUppercase: z.boolean().default(true),
    requireNumbers: z.boolean().default(true),
    requireSymbols: z.boolean().default(true),
  })
  .readonly();
export type PasswordPolicy = z.infer<typeof PasswordPolicy>;

export const ResourceServer = z
  .object({ identifier: z.string(), name: z.string(), scopes: z.array(z.object({ name: z.string(), description: z.string() })).readonly() })
  .readonly();
export type ResourceServer = z.infer<typeof ResourceServer>;

/** A private key as a JWK, with its `kid`. */
export const SigningKey = z.looseObject({ kty: z.literal('RSA'), kid: z.string(), n: z.string(), e: z.string(), d: z.string() });
export type SigningKey = z.infer<typeof SigningKey>;

export const Pool = z
  .object({
    id: z.string(),
    name: z.string(),
    passwordPolicy: PasswordPolicy,
    /** Whether `Awa` and `awa` are two users. */
    caseSensitive: z.boolean(),
    /** Whether anybody may sign up. */
    selfSignUp: z.boolean(),
    /** With their `custom:`. */
    customAttributes: z.array(z.string()).readonly(),
    resourceServers: z.array(ResourceServer).readonly(),
    /** Cognito signs the two kinds of tokens with two keys. */
    keys: z.object({ access: SigningKey, id: SigningKey }),
    /** Milliseconds since 1970. */
    created: z.number(),
  })
  .readonly();
export type Pool = z.infer<typeof Pool>;
