import * as z from 'zod';

/** One sign-in and all that came of it. Times in milliseconds since 1970. */
export const Session = z
  .object({
    /** `origin_jti` of its tokens. */
    id: z.string(),
    clientId: z.string(),
    userKey: z.string(),
    eventId: z.string(),
    signedInAt: z.number(),
    expiresAt: z.number(),
    revoked: z.boolean(),
  })
  .readonly();
export type Session = z.infer<typeof Session>;

/** A refresh token; kept under its SHA-256, never itself. */
export const RefreshToken = z.object({ sessionId: z.string(), supersededAt: z.number().optional() }).readonly();
export type RefreshToken = z.infer<typeof RefreshToken>;
