import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud.ts';
import type { LocalEvent } from '../../lib/local/local-event.ts';

/** Resources by logical id, as CloudFormation writes them. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: object; readonly [key: string]: unknown }>>;

export interface SmallAssembly {
  readonly resources: Resources;
  readonly outputs?: Readonly<Record<string, object>>;
  /** Sources of `index.mjs` by the asset's name. */
  readonly functions?: Readonly<Record<string, string>>;
}

/** A function whose code is the asset of that name. */
export function functionResource(asset: string, properties: object = {}): Resources[string] {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Bucket: 'assets', S3Key: `${asset}.zip` }, Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 10, ...properties },
  };
}

/** The API behind which each route is one function: `{ 'GET /x': 'LogicalIdOfFunction' }`. */
export function apiResources(routes: Readonly<Record<string, RouteSettings>>, api: object = {}): Resources {
  const resources: Record<string, Resources[string]> = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'small', ...api } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'v1' } },
  };
  for (const [route, { target, ...method }] of Object.entries(routes)) {
    const [httpMethod = '', path = ''] = route.split(' ');
    const resource = pathResources(path, resources);
    resources[`${httpMethod}${resource.name}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: resource.id,
        HttpMethod: httpMethod,
        AuthorizationType: 'NONE',
        ...method,
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocationUri(target), ...method.Integration },
      },
    };
  }
  return resources;
}

export interface RouteSettings {
  readonly target: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: object;
  readonly Integration?: object;
}

export function invocationUri(target: string): object {
  return {
    'Fn::Sub': [`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Target}/invocations`, { Target: { 'Fn::GetAtt': [target, 'Arn'] } }],
  };
}

function pathResources(path: string, resources: Record<string, Resources[string]>): { readonly name: string; readonly id: object } {
  let parent: { readonly name: string; readonly id: object } = { name: 'Root', id: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } };
  for (const part of path.split('/').filter((segment) => segment !== '')) {
    const name = `${parent.name}${part.replace(/\W/g, 'X')}`;
    resources[name] = { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent.id, PathPart: part } };
    parent = { name, id: { Ref: name } };
  }
  return parent;
}

export interface RunningCloud {
  readonly cloud: LocalCloud;
  readonly events: readonly LocalEvent[];
  /** Where the assembly and the data stand, to start again on them. */
  readonly folder: string;
}

/** Writes an assembly and starts it. */
export async function startSmallCloud(assembly: SmallAssembly): Promise<RunningCloud> {
  const folder = await writeAssembly(assembly);
  return startAgain(folder);
}

export async function startAgain(folder: string): Promise<RunningCloud> {
  const events: LocalEvent[] = [];
  const cloud = await startLocalCloud({ assembly: join(folder, 'assembly'), dataDir: join(folder, 'data'), graceMs: 1_000, log: (event) => events.push(event) });
  return { cloud, events, folder };
}

export async function stopAndRemove({ cloud, folder }: RunningCloud): Promise<void> {
  await cloud.stop();
  await rm(folder, { recursive: true, force: true });
}

export async function writeAssembly({ resources, outputs = {}, functions = {} }: SmallAssembly): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const assembly = join(folder, 'assembly');
  await mkdir(assembly);
  const files = Object.fromEntries(
    Object.keys(functions).map((asset) => [
      asset,
      { source: { path: `asset.${asset}`, packaging: 'zip' }, destinations: { here: { bucketName: 'assets', objectKey: `${asset}.zip` } } },
    ]),
  );
  await writeFile(join(assembly, 'small.template.json'), JSON.stringify({ Resources: resources, Outputs: outputs }));
  await writeFile(join(assembly, 'small.assets.json'), JSON.stringify({ version: '1', files }));
  for (const [asset, source] of Object.entries(functions)) {
    await mkdir(join(assembly, `asset.${asset}`));
    await writeFile(join(assembly, `asset.${asset}`, 'index.mjs'), source);
  }
  return folder;
}

/** Tries again until an answer is there. The test's own time limit is the end of it. */
export async function eventually<Value>(look: () => Promise<Value | undefined> | Value | undefined): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
