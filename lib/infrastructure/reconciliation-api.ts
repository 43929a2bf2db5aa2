import { Duration } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  type Stage as ApiStage,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ROUTES, type Route } from '../http/routes.ts';
import type { Stage } from '../stage.ts';
import type { Entry } from './functions.ts';
import { answerProblems } from './gateway-problems.ts';
import type { NodeFunction } from './node-function.ts';
import { removalOfData, removalOfNamed } from './removal.ts';

export interface ReconciliationApiProps {
  readonly stage: Stage;
  readonly functionOf: (entry: Entry) => NodeFunction;
}

/** The HTTPS calls: exactly the routes of `lib/http/routes.ts`. */
export class ReconciliationApi extends Construct {
  readonly api: RestApi;
  readonly stage: ApiStage;

  constructor(scope: Construct, id: string, { stage, functionOf }: ReconciliationApiProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/reconciliation/${stage.name}/api`,
      retention: stage.logRetentionDays,
      removalPolicy: removalOfNamed(stage),
    });
    this.api = new RestApi(this, 'Api', {
      restApiName: `reconciliation-${stage.name}`,
      endpointTypes: [EndpointType.REGIONAL],
      // What is not text passes as bytes; JSON and form bodies stay text.
      binaryMediaTypes: ['multipart/form-data', 'application/octet-stream', 'application/gzip'],
      // Without this role of the account, API Gateway refuses a stage that logs.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: removalOfData(stage),
      deployOptions: {
        stageName: 'v1',
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.custom(ACCESS_LOG_FORMAT),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        metricsEnabled: true,
        tracingEnabled: stage.tracing,
        throttlingRateLimit: stage.throttling.requestsPerSecond,
        throttlingBurstLimit: stage.throttling.burst,
      },
    });
    this.stage = this.api.deploymentStage;
    // The stack says where the API stands, under a name of its own.
    this.api.node.tryRemoveChild('Endpoint');
    answerProblems(this.api);

    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: functionOf('authorization/authorize-request').lambda,
      // An answer that is kept would outlive the token's revocation.
      resultsCacheTtl: Duration.seconds(0),
    });
    for (const route of ROUTES) {
      const protection: MethodOptions = isOpen(route, stage) ? { authorizationType: AuthorizationType.NONE } : { authorizationType: AuthorizationType.CUSTOM, authorizer };
      const integration = new LambdaIntegration(functionOf(route.entry).lambda, { allowTestInvoke: false });
      this.api.root.resourceForPath(route.path).addMethod(route.method, integration, protection);
    }
  }
}

/** Whether a route is answered without a token in a stage. */
export function isOpen({ access }: Route, { openReads }: Stage): boolean {
  switch (access) {
    case 'open':
      return true;
    case 'open-reads':
      return openReads;
    case 'bearer':
      return false;
    default:
      return access satisfies never;
  }
}

/** Who called from where, and with what, stays out: the log serves operation, not people. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  gatewayResponse: '$context.error.responseType',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  trace: '$context.xrayTraceId',
});
