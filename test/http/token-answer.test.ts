import { describe, expect, it } from 'vitest';
import { tokenAnswer } from '../../lib/http/token-answer.ts';
import { Failure, type FailureReason } from '../../lib/use-cases/failure.ts';

const failing = (reason: FailureReason) => tokenAnswer(() => Promise.reject(new Failure(reason)));
const detail = 'Le « paramètre » : déjà donné, "ici" ou \\ là…';

describe('the answer to a request for a token', () => {
  it('of a user has a refresh token, of a machine none', async () => {
    const granted = { accessToken: 'a', expiresIn: 36_000, scopes: ['read', 'write'] as const };
    const common = { access_token: 'a', expires_in: 36_000, token_type: 'Bearer', scope: 'read write' };
    expect((await tokenAnswer(async () => ({ ...granted, refreshToken: 'r' }))).body).toEqual({ ...common, refresh_token: 'r' });
    expect((await tokenAnswer(async () => ({ ...granted, refreshToken: undefined }))).body).toEqual(common);
  });

  it.each([
    [{ code: 'token-refused', error: 'invalid_scope', detail }, 400, 'invalid_scope'],
    [{ code: 'token-refused', error: 'unauthorized_client', detail }, 400, 'unauthorized_client'],
    [{ code: 'invalid-grant', detail }, 400, 'invalid_grant'],
    [{ code: 'invalid-client', detail }, 401, 'invalid_client'],
    [{ code: 'invalid-request', detail }, 400, 'invalid_request'],
    [{ code: 'too-large', detail }, 400, 'invalid_request'],
  ] as const)('%j is a %i %s in the words of RFC 6749, described in ASCII', async (reason, status, error) => {
    const answer = await failing(reason);
    expect(answer).toMatchObject({ status, body: { error, error_description: "Le 'parametre' : deja donne, ici ou  la" } });
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Basic realm="applications"' : undefined);
  });

  it('does not hide a defect of ours', async () => {
    await expect(tokenAnswer(() => Promise.reject(new TypeError('defect')))).rejects.toThrow(TypeError);
  });
});
