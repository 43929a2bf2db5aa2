import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { MachineToken, Scope } from '../../core/tokens.ts';
import type { ClientCredentials } from '../../ports.ts';
import { poolScope } from './pool-scopes.ts';
import { serviceAddress } from './service-address.ts';

const granted = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });
const refused = z.object({ error: z.string() });

const TRIES = 3;
const TIMEOUT_MS = 4_000;

/**
 * Asks the token endpoint of the pool's domain for a token of the application itself: the one thing that the domain gives and the SDK does not.
 * @throws Error where the endpoint refuses, or answers nothing of use after some tries
 */
export async function machineToken(tokenEndpoint: string, { clientId, secret = '' }: ClientCredentials, scopes: readonly Scope[]): Promise<MachineToken> {
  const request = {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.map(poolScope).join(' ') }).toString(),
  };
  for (let attempt = 1; ; attempt += 1) {
    const response = await answerOf(serviceAddress(tokenEndpoint), request);
    if (response?.ok === true) {
      const { access_token, expires_in } = granted.parse(await response.json());
      return { accessToken: access_token, expiresIn: expires_in };
    }
    const passing = response === undefined || response.status === 429 || response.status >= 500;
    if (!passing || attempt === TRIES) throw new Error(`the token endpoint refuses: ${await reasonOf(response)}`);
    await delay(200 * 2 ** attempt * Math.random());
  }
}

async function answerOf(address: URL, request: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    return undefined;
  }
}

/** Never more than the short word of RFC 6749: what else an answer holds could repeat the secret. */
async function reasonOf(response: Response | undefined): Promise<string> {
  if (response === undefined) return 'no answer';
  const body: unknown = await response.json().catch(() => undefined);
  return `${response.status} ${refused.safeParse(body).data?.error ?? ''}`.trim();
}
