import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type ResourceType, readProperties, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { optionalFalse } from './api-resources.ts';
import { functionBehind } from './function-uri.ts';
import type { Integration } from './rest-api.ts';

const LONGEST_INTEGRATION_MS = 29_000;
const RESPONSE_HEADER = 'method.response.header.';

const FunctionIntegration = z.strictObject({
  Type: z.literal('AWS_PROXY'),
  Uri: z.string(),
  IntegrationHttpMethod: z.literal('POST', 'functions are only invoked with POST'),
  TimeoutInMillis: templateNumber.pipe(z.int().min(50)).default(LONGEST_INTEGRATION_MS),
  // Functions are invoked by whoever owns the machine.
  Credentials: withoutLocalMeaning,
  PassthroughBehavior: withoutLocalMeaning,
});

const MockIntegration = z.strictObject({
  Type: z.literal('MOCK'),
  RequestTemplates: withoutLocalMeaning,
  PassthroughBehavior: withoutLocalMeaning,
  IntegrationResponses: z
    .array(
      z.strictObject({
        StatusCode: templateNumber,
        ResponseParameters: z.record(z.string().startsWith(RESPONSE_HEADER), z.string().regex(/^'.*'$/s)).default({}),
        ResponseTemplates: z.record(z.string(), z.string()).default({}),
      }),
    )
    .length(1),
});

const MethodProperties = z.strictObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  ApiKeyRequired: optionalFalse,
  Integration: z.discriminatedUnion('Type', [FunctionIntegration, MockIntegration]),
  // Without a validator they only describe.
  MethodResponses: withoutLocalMeaning,
  RequestModels: withoutLocalMeaning,
  RequestParameters: withoutLocalMeaning,
  OperationName: withoutLocalMeaning,
});

export const apiMethod: ResourceType<LocalServices> = {
  physicalId: ({ stackName, logicalId }) => identifier(`${stackName}/${logicalId}`, 10),
  attributes: {},
  provision(resource, { restApi, functions }) {
    const method = readProperties(MethodProperties, resource);
    if (method.AuthorizationType === 'CUSTOM' && method.AuthorizerId === undefined) throw new Error(`${resource.logicalId} asks for an authorizer and names none`);
    const declared = method.Integration;
    const integration: Integration =
      declared.Type === 'AWS_PROXY' ? { kind: 'function', target: functionBehind(declared.Uri, functions), timeoutMs: declared.TimeoutInMillis } : mockAnswer(declared);
    restApi.methods.push({
      resourceId: method.ResourceId,
      httpMethod: method.HttpMethod,
      authorizerId: method.AuthorizationType === 'CUSTOM' ? method.AuthorizerId : undefined,
      integration,
    });
  },
};

function mockAnswer({ IntegrationResponses: [answer] }: z.infer<typeof MockIntegration>): Integration {
  const headers = Object.entries(answer?.ResponseParameters ?? {}).map(([name, literal]) => [name.slice(RESPONSE_HEADER.length), literal.slice(1, -1)] as const);
  return { kind: 'mock', status: answer?.StatusCode ?? 200, headers: Object.fromEntries(headers), body: answer?.ResponseTemplates['application/json'] ?? '' };
}
