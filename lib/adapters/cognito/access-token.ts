import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import type { AccessClaims } from '../../core/tokens.ts';

const claims = z.object({
  username: z.string(),
  'cognito:groups': z.array(z.string()).default([]),
  origin_jti: z.string().optional(),
  jti: z.string(),
  exp: z.number(),
});

/**
 * Verifies access tokens of a pool and client: signature, issuer, client, use and expiry. Keys are fetched once.
 * @returns `undefined` for a token that is not good; throws where the keys cannot be had
 */
export function accessTokenVerifier(userPoolId: string, clientId: string): (accessToken: string) => Promise<AccessClaims | undefined> {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' }, { jwksCache: new SimpleJwksCache({ fetcher: keyFetcher() }) });
  return async (accessToken) => {
    try {
      const found = claims.parse(await verifier.verify(accessToken));
      return { username: found.username, groups: found['cognito:groups'], signIn: found.origin_jti ?? found.jti, expiresAt: found.exp };
    } catch (error) {
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return undefined;
      throw error;
    }
  };
}

/** Keys come from where the SDK finds Cognito: its endpoint variable holds for them too. */
function keyFetcher() {
  const endpoint = process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'];
  if (endpoint === undefined) return new SimpleFetcher();
  return {
    async fetch(uri: string): Promise<ArrayBuffer> {
      const response = await fetch(new URL(new URL(uri).pathname, endpoint));
      if (!response.ok) throw new FetchError(uri, `status ${response.status}`);
      return response.arrayBuffer();
    },
  };
}
