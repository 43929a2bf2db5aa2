import { claimFolder } from './data-folder.ts';
import { listenForRequests } from './gateway/gateway-server.ts';
import { nothingToCall, requestHandler } from './gateway/request-handler.ts';
import { assembleRestApi } from './gateway/rest-api-parts.ts';
import { type EndpointsOf, everyonesEndpoints } from './lambda/function-environment.ts';
import type { LocalFunction } from './lambda/local-function.ts';
import type { LocalEvent } from './local-event.ts';
import type { LocalServices } from './local-services.ts';
import { makeServices } from './make-services.ts';
import { outboxFolder } from './outbox/outbox-files.ts';
import { resourceType } from './resource-types.ts';
import type { Endpoints } from './service-endpoints.ts';
import { type Stopper, stopper } from './stopper.ts';
import { readAssembly } from './template/assembly.ts';
import type { DeclaredResource } from './template/declared-resource.ts';
import { resolveStacks } from './template/stacks.ts';

export interface LocalCloudOptions {
  /** Folder with `*.template.json`, `*.assets.json` and the assets, as the CDK writes them. */
  readonly assembly: string;
  /** What is stored stands under it; the same folder continues where the last run ended. */
  readonly dataDir: string;
  /** Of the API; any free one if absent or 0. */
  readonly port?: number;
  readonly s3Port?: number;
  /** How long `stop` waits for calls and messages that are being worked on; 5,000 if absent. */
  readonly graceMs?: number;
  readonly log?: (event: LocalEvent) => void;
  /** Where a function finds the services; where they are if absent. */
  readonly endpointsOf?: EndpointsOf;
  /** Where S3 finds the queues that it tells of objects, given their address; where they are if absent. */
  readonly queuesOfS3?: (sqs: string) => Promise<string>;
}

/** A running copy of what a template describes, on loopback only. */
export interface LocalCloud {
  /** Base address of the API, without a final `/` and without the name of the stage. */
  readonly api: string;
  readonly s3: string;
  readonly endpoints: Endpoints;
  /** Folder in which e-mail and SMS are left instead of being sent. */
  readonly outbox: string;
  readonly region: string;
  /** The outputs of the template. The API's address is the local one. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly LocalResource[];
  /** What any SDK client needs: region, credentials, addresses. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What `Ref` gives for a resource.
   * @param logicalId whole or its beginning: the CDK ends it with a hash.
   * @throws Error unless exactly one resource is meant.
   */
  physicalId(type: string, logicalId: string): string;
  /** @throws Error where there is no function of that name */
  functionNamed(name: string): LocalFunction;
  /** Ends everything. Invocations that run have a few seconds; messages that were not finished are delivered after the next start. */
  stop(): Promise<void>;
}

export interface LocalResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

const GRACE_MS = 5_000;
const DEFAULT_REGION = 'eu-west-1';

/**
 * Makes a synthesized template real on this machine.
 * @throws Error naming a resource, property or function of the template that has no counterpart here.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const stop = stopper();
  try {
    return await start(options, stop);
  } catch (error) {
    // What kept it from starting says more than what then could not be ended.
    await stop.all().catch(() => {});
    throw error;
  }
}

async function start(
  { assembly, dataDir, port = 0, s3Port = 0, graceMs = GRACE_MS, log = () => {}, endpointsOf = everyonesEndpoints, queuesOfS3 = async (sqs) => sqs }: LocalCloudOptions,
  stop: Stopper,
): Promise<LocalCloud> {
  const region = process.env['AWS_REGION'] ?? DEFAULT_REGION;
  const stacks = await readAssembly(assembly);
  for (const { template } of stacks) for (const [logicalId, { Type }] of Object.entries(template.Resources)) resourceType(Type, logicalId);
  const release = claimFolder(dataDir);
  stop.later(async () => release());
  const gateway = await listenForRequests(port, log);
  stop.later(() => gateway.stop(0));
  const services = await makeServices({ dataDir, region, s3Port, stacks, endpointsOf, queuesOfS3, log, stop });
  const { resources, outputs } = resolveStacks(stacks, {
    identity: services.identity,
    services,
    typeOf: resourceType,
    finishText: (text) => onLoopback(text, gateway.url, services),
  });
  await provision(resources, services);
  const api = assembleRestApi(services.restApi);
  gateway.open(api === undefined ? nothingToCall : requestHandler(api, services.identity, log));
  const activities = services.activities.map((begin) => begin());
  // What calls functions ends before the functions do.
  stop.later(async () => {
    await Promise.all([gateway.stop(graceMs), ...activities.map((activity) => activity.stop(graceMs))]);
  });
  const listed = resources.map(({ type, logicalId, physicalId }) => ({ type, logicalId, physicalId }));
  return {
    api: gateway.url,
    s3: services.endpoints.s3,
    endpoints: services.endpoints,
    outbox: outboxFolder(dataDir),
    region,
    outputs: outputs(),
    resources: listed,
    environment: services.environment,
    physicalId: (type, logicalId) => onlyResource(listed, type, logicalId).physicalId,
    functionNamed: (name) => functionNamed(services, name),
    stop: stop.all,
  };
}

async function provision(resources: readonly DeclaredResource[], services: LocalServices): Promise<void> {
  for (const resource of resources) {
    await resourceType(resource.type, resource.logicalId).provision(resource, services);
  }
}

/** The addresses that CloudFormation puts together from names, which on AWS are hosts and here are one service each. */
function onLoopback(text: string, api: string, { identity: { region, urlSuffix }, endpoints }: LocalServices): string {
  const suffix = urlSuffix.replaceAll('.', '\\.');
  return text
    .replace(new RegExp(`https://[a-z0-9]+\\.execute-api\\.${region}\\.${suffix}/[\\w-]+`, 'g'), api)
    .replace(new RegExp(`https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com`, 'g'), endpoints.cognito);
}

function functionNamed({ functions }: LocalServices, name: string): LocalFunction {
  const found = [...functions.values()].find(({ settings }) => settings.name === name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
}

function onlyResource(resources: readonly LocalResource[], type: string, logicalId: string): LocalResource {
  const candidates = resources.filter((resource) => resource.type === type && resource.logicalId.startsWith(logicalId));
  const [found, ...others] = candidates.some((candidate) => candidate.logicalId === logicalId) ? candidates.filter((candidate) => candidate.logicalId === logicalId) : candidates;
  if (found === undefined || others.length > 0) throw new Error(`${candidates.length} resources of type ${type} begin with ${logicalId}`);
  return found;
}
