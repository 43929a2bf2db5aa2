import * as z from 'zod';
import type { Tokens } from '../../core/tokens.ts';
import type { User } from '../../core/user.ts';
import { profileAnswer, userDetails, wireProfile, wireUserDetails } from './profile.ts';

export const credentials = z.object({ username: z.string().trim().min(1).max(128), password: z.string().min(1).max(256) });

/** `new_password`: what whoever was invited chooses at their first sign-in. */
export const signInBody = credentials.extend({ new_password: z.string().min(1).max(256).optional() });

/** An access token, or a refresh token where the route says so. */
export const tokenBody = z.object({ token: z.string().min(1) });

export const refreshBody = z.object({ refresh_token: z.string().min(1) });

export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.int().positive(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  refresh_token: z.string().min(1),
});

export const signInAnswer = z.object({ token: tokenAnswer, profile: z.array(profileAnswer), details: userDetails });

export const messageAnswer = z.object({ message: z.string() });

export function wireTokens({ accessToken, expiresIn, refreshToken }: Tokens): z.infer<typeof tokenAnswer> {
  return { access_token: accessToken, expires_in: expiresIn, token_type: 'Bearer', scope: 'read write', refresh_token: refreshToken };
}

export function wireSignIn({ tokens, user }: { readonly tokens: Tokens; readonly user: User }): z.infer<typeof signInAnswer> {
  return { token: wireTokens(tokens), profile: [wireProfile(user.profile)], details: wireUserDetails(user) };
}
