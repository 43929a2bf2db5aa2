import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, templateOf } from './synthesized.ts';

const gatewayResponse = z.object({
  ResponseType: z.string(),
  StatusCode: z.string().optional(),
  ResponseParameters: z.record(z.string(), z.string()),
  ResponseTemplates: z.object({ 'application/json': z.string() }),
});
const problem = z.strictObject({ type: z.literal('about:blank'), title: z.string().min(1), status: z.int().optional(), detail: z.string().min(1) });

const answers = new Map(
  resourcesOf(templateOf('production'), 'AWS::ApiGateway::GatewayResponse', gatewayResponse).map(({ properties }) => [
    properties.ResponseType,
    {
      status: properties.StatusCode,
      headers: properties.ResponseParameters,
      body: problem.parse(JSON.parse(properties.ResponseTemplates['application/json'])),
    },
  ]),
);

describe('what API Gateway answers by itself', () => {
  it.each([...answers])('%s is a problem of RFC 9457 whose status is that of the answer', (_, { status, headers, body }) => {
    expect(headers['gatewayresponse.header.Content-Type']).toBe("'application/problem+json; charset=utf-8'");
    expect(body.status?.toString()).toBe(status);
  });

  it('to a call without a good token is 401 and how to come back', () => {
    expect(answers.get('UNAUTHORIZED')).toMatchObject({ status: '401', headers: { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" } });
  });

  it('to a call that the authorizer refuses is 403', () => {
    expect(answers.get('ACCESS_DENIED')?.status).toBe('403');
  });

  it.each(['MISSING_AUTHENTICATION_TOKEN', 'INVALID_SIGNATURE'])('to a route that does not exist (%s) is 404, not a question for a signature', (type) => {
    expect(answers.get(type)?.status).toBe('404');
  });

  it('to a file that is too large is 413 and the folder that takes it', () => {
    expect(answers.get('REQUEST_TOO_LARGE')).toMatchObject({ status: '413', body: { detail: expect.stringContaining('depot/operateurs/') } });
  });

  it('to too many calls is 429 and when to come back', () => {
    expect(answers.get('THROTTLED')).toMatchObject({ status: '429', headers: { 'gatewayresponse.header.Retry-After': "'5'" } });
  });

  it('to a call that takes too long is 504, our own faults are 500', () => {
    expect(answers.get('INTEGRATION_TIMEOUT')?.status).toBe('504');
    expect(answers.get('AUTHORIZER_FAILURE')?.status).toBe('500');
  });

  it('in every other case is a problem too, with the status of the case', () => {
    expect(answers.get('DEFAULT_4XX')).toMatchObject({ status: undefined });
    expect(answers.get('DEFAULT_5XX')).toMatchObject({ status: undefined });
  });
});
