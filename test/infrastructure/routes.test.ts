import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Access, AUTHORIZER_ENTRY, ROUTES } from '../../lib/http/routes.ts';
import { lambdaFunction } from './schemas.ts';
import { reference, resourcesOf, STAGES, type Template, templateOf, written } from './synthesized.ts';

const method = z.object({
  HttpMethod: z.string(),
  ResourceId: z.unknown(),
  AuthorizationType: z.string(),
  AuthorizerId: reference.optional(),
  Integration: z.object({ Type: z.string(), Uri: z.unknown().transform(written) }),
});
const resource = z.object({ PathPart: z.string(), ParentId: z.unknown() });
const authorizer = z.object({
  Type: z.string(),
  AuthorizerResultTtlInSeconds: z.number(),
  IdentitySource: z.string(),
  AuthorizerUri: z.unknown().transform((uri) => JSON.stringify(uri)),
});

/** Every method of the API as `GET /taches/{id} CUSTOM reconciliation-local-taches-get-tache`. */
function methodsOf(template: Template): readonly string[] {
  const parts = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource', resource).map(({ id, properties }) => [id, properties]));
  const pathOf = (resourceId: unknown): string => {
    const part = parts.get(reference.safeParse(resourceId).data ?? '');
    return part === undefined ? '' : `${pathOf(part.ParentId)}/${part.PathPart}`;
  };
  const names = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).map(({ id, properties }) => ({ id, name: properties.FunctionName }));
  return resourcesOf(template, 'AWS::ApiGateway::Method', method)
    .map(({ properties: { HttpMethod, ResourceId, AuthorizationType, Integration } }) => {
      const target = names.find(({ id }) => Integration.Uri.includes(`<${id}>`))?.name;
      return `${HttpMethod} ${pathOf(ResourceId)} ${AuthorizationType} ${target}`;
    })
    .sort();
}

function routesWith(stage: string, authorizationOf: Readonly<Record<Access, string>>): readonly string[] {
  return ROUTES.map(({ method, path, access, entry }) => `${method} ${path} ${authorizationOf[access]} reconciliation-${stage}-${entry.replace('/', '-')}`).sort();
}

describe('the routes of the API', () => {
  it('in the local stage are those of the route array, reads and registration of applications open as in the seed', () => {
    expect(methodsOf(templateOf('local'))).toEqual(routesWith('local', { open: 'NONE', 'open-reads': 'NONE', 'open-registration': 'NONE', bearer: 'CUSTOM' }));
  });

  it.each(['staging', 'production'])('in %s are those of the route array, and personal or financial data, and applications, are for holders of a token only', (stage) => {
    expect(methodsOf(templateOf(stage))).toEqual(routesWith(stage, { open: 'NONE', 'open-reads': 'CUSTOM', 'open-registration': 'CUSTOM', bearer: 'CUSTOM' }));
  });

  it.each(STAGES)('in %s that need a token all ask the one authorizer, whose answer is never kept: a revocation bites at once', (stage) => {
    const template = templateOf(stage);
    const [only, ...others] = resourcesOf(template, 'AWS::ApiGateway::Authorizer', authorizer);
    const fn = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).find(({ properties }) => properties.FunctionName.endsWith(AUTHORIZER_ENTRY.replace('/', '-')));
    expect(others).toEqual([]);
    expect(only?.properties).toMatchObject({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization' });
    expect(only?.properties.AuthorizerUri).toContain(fn?.id);
    for (const { properties } of resourcesOf(template, 'AWS::ApiGateway::Method', method)) {
      expect(properties.AuthorizerId).toBe(properties.AuthorizationType === 'CUSTOM' ? only?.id : undefined);
    }
  });

  it.each(STAGES)('in %s may each call its function, and the function nobody else', (stage) => {
    const permission = z.object({ Principal: z.string(), Action: z.string(), FunctionName: reference, SourceArn: z.unknown().transform(written) });
    const template = templateOf(stage);
    const all = resourcesOf(template, 'AWS::Lambda::Permission', permission).map(({ properties }) => properties);
    const permissions = all.filter(({ Principal, Action }) => `${Principal} ${Action}` === 'apigateway.amazonaws.com lambda:InvokeFunction');
    // But for those that the clock calls.
    const others = all.filter((one) => !permissions.includes(one));
    expect(new Set(others.map(({ Principal }) => Principal))).toEqual(new Set(['events.amazonaws.com']));
    expect(others.map(({ FunctionName }) => FunctionName.replace(/[0-9A-F]{8}$/u, '')).sort()).toEqual(['ReconciliationResumeStalledFunction', 'TachesMeasureWorkloadFunction']);
    const ends = permissions.map(({ SourceArn }) => SourceArn).filter((arn) => !arn.includes('/authorizers/'));
    for (const { method, path } of ROUTES) {
      const end = `/${method}${path.replaceAll(/\{\w+\}/g, '*')}`;
      expect(
        ends.filter((arn) => arn.endsWith(`>${end}`) || arn.endsWith(`v1${end}`)),
        end,
      ).toHaveLength(1);
    }
    expect(ends).toHaveLength(ROUTES.length);
  });
});
