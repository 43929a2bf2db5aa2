import * as z from 'zod';
import { Failure, type FailureReason } from '../use-cases/failure.ts';
import type { GrantedToken } from '../use-cases/grant-token.ts';
import { failureAnswer, type HttpAnswer, jsonAnswer } from './problem.ts';

/** What RFC 6749, section 5.1, gives; without a refresh token where the application signed in for itself. */
export const grantAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.int().positive(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  refresh_token: z.string().min(1).optional(),
});

/** Section 5.2. */
export const refusalAnswer = z.object({
  error: z.enum(['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope']),
  error_description: z.string(),
});

const PRAGMA = { pragma: 'no-cache' };

/** The answer to a request for a token. A failure that is no caller's mistake goes on. */
export async function tokenAnswer(grant: () => Promise<GrantedToken>): Promise<HttpAnswer> {
  try {
    return jsonAnswer(200, grantAnswer.parse(wireGrant(await grant())), PRAGMA);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { status, headers, body } = failureAnswer(oauthReason(error.reason));
    const refusal = refusalAnswer.parse(body);
    return { status, headers: { ...headers, ...PRAGMA }, body: { ...refusal, error_description: ascii(refusal.error_description) } };
  }
}

function wireGrant({ accessToken, expiresIn, scopes, refreshToken }: GrantedToken): z.infer<typeof grantAnswer> {
  return { access_token: accessToken, expires_in: expiresIn, token_type: 'Bearer', scope: scopes.join(' '), ...(refreshToken !== undefined && { refresh_token: refreshToken }) };
}

/** What the other routes tell as a problem is an invalid request here. */
function oauthReason(reason: FailureReason): FailureReason {
  return reason.code === 'invalid-request' || reason.code === 'too-large' ? { code: 'token-refused', error: 'invalid_request', detail: reason.detail } : reason;
}

/** A description holds ASCII only, and neither quotation mark nor backslash. */
function ascii(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/«\s?|\s?»/gu, "'")
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/gu, '');
}
