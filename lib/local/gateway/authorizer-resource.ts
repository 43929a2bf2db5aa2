import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type ResourceType, readProperties, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { functionBehind } from './function-uri.ts';
import type { IdentitySource } from './rest-api.ts';

const DEFAULT_TTL_SECONDS = 300;

const AuthorizerProperties = z.strictObject({
  RestApiId: z.string(),
  Name: z.string(),
  Type: z.enum(['TOKEN', 'REQUEST'], 'only Lambda authorizers are supported'),
  AuthorizerUri: z.string(),
  IdentitySource: z.string().default(''),
  IdentityValidationExpression: z.string().optional(),
  AuthorizerResultTtlInSeconds: templateNumber.pipe(z.int().min(0).max(3_600)).default(DEFAULT_TTL_SECONDS),
  AuthType: withoutLocalMeaning,
  AuthorizerCredentials: withoutLocalMeaning,
});

export const apiAuthorizer: ResourceType<LocalServices> = {
  physicalId: ({ stackName, logicalId }) => identifier(`${stackName}/${logicalId}`, 6),
  attributes: { AuthorizerId: ({ physicalId }) => physicalId },
  provision(resource, { restApi, functions }) {
    const declared = readProperties(AuthorizerProperties, resource);
    const expression = declared.IdentityValidationExpression;
    restApi.authorizers.set(resource.physicalId, {
      id: resource.physicalId,
      kind: declared.Type,
      target: functionBehind(declared.AuthorizerUri, functions),
      identitySources: identitySources(declared.IdentitySource),
      validation: declared.Type === 'TOKEN' && expression !== undefined ? new RegExp(`^(?:${expression})$`) : undefined,
      ttlSeconds: declared.AuthorizerResultTtlInSeconds,
    });
  },
};

function identitySources(text: string): readonly IdentitySource[] {
  return text
    .split(',')
    .map((source) => source.trim())
    .filter((source) => source !== '')
    .map((source) => {
      const [, place, name] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
      if ((place !== 'header' && place !== 'querystring') || name === undefined) throw new Error(`the identity source ${source} is not supported here`);
      return { place, name };
    });
}
