import { setTimeout as delay } from 'node:timers/promises';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import type { AccessClaims } from '../../core/tokens.ts';
import { scopesIn } from './pool-scopes.ts';
import { serviceAddress } from './service-address.ts';

const signedClaims = z.object({ client_id: z.string(), origin_jti: z.string().optional(), jti: z.string(), iat: z.number(), exp: z.number() });
const userClaims = signedClaims.extend({ username: z.string(), 'cognito:groups': z.array(z.string()).default([]) });
/** A client that acts for itself is its own subject. */
const machineClaims = signedClaims.extend({ username: z.undefined().optional(), sub: z.string(), scope: z.string().default('') });

/**
 * Verifies access tokens of a pool: signature, issuer, use and expiry. Keys are fetched once. Any client of the pool will do: only those have tokens that
 * the pool signs, and whether a client is still one of ours is for who asks to know.
 * @param ownClientId the client that comes with the stack; others are registered applications
 * @returns `undefined` for a token that is not good; throws where the keys cannot be had
 */
export function accessTokenVerifier(userPoolId: string, ownClientId: string): (accessToken: string) => Promise<AccessClaims | undefined> {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId: null, tokenUse: 'access' }, { jwksCache: new SimpleJwksCache({ fetcher: keyFetcher() }) });
  return async (accessToken) => {
    try {
      return claimsOf(await verifier.verify(accessToken), ownClientId);
    } catch (error) {
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return undefined;
      throw error;
    }
  };
}

function claimsOf(payload: object, ownClientId: string): AccessClaims | undefined {
  const signed = signedClaims.parse(payload);
  const common = {
    issuedTo: signed.client_id === ownClientId ? undefined : signed.client_id,
    signIn: signed.origin_jti ?? signed.jti,
    issuedAt: signed.iat,
    expiresAt: signed.exp,
  };
  const user = userClaims.safeParse(payload);
  if (user.success) return { kind: 'user', ...common, username: user.data.username, groups: user.data['cognito:groups'] };
  const machine = machineClaims.safeParse(payload);
  if (!machine.success || machine.data.sub !== signed.client_id) return undefined;
  return { kind: 'machine', ...common, scopes: scopesIn(machine.data.scope) };
}

const FETCHES = 3;
const FETCH_TIMEOUT_MS = 3_000;
const LONGEST_PAUSE_MS = 300;

/** Keys come from where the SDK finds Cognito. Until a function has them nobody gets in: they are asked for more than once. */
function keyFetcher() {
  return {
    async fetch(uri: string): Promise<ArrayBuffer> {
      for (let left = FETCHES - 1; ; left -= 1) {
        try {
          return await fetchedKeys(uri);
        } catch (error) {
          if (left === 0) throw error;
          await delay(LONGEST_PAUSE_MS * Math.random());
        }
      }
    },
  };
}

async function fetchedKeys(uri: string): Promise<ArrayBuffer> {
  const response = await fetch(serviceAddress(uri), { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!response.ok) throw new FetchError(uri, `status ${response.status}`);
  return response.arrayBuffer();
}
