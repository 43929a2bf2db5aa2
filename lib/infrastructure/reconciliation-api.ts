import { Duration, Validations } from 'aws-cdk-lib';
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

const ACKNOWLEDGED = [
  { id: 'AwsSolutions-APIG2', reason: 'Functions check requests by their own schemas, whose French answers the contract fixes.' },
  { id: 'AwsSolutions-APIG3', reason: 'Calls are throttled and size-limited by API Gateway; a firewall can be put before the stage without a change here.' },
  { id: 'AwsSolutions-COG4', reason: "Cognito's own authorizer takes a revoked access token until it expires; ours also reads the revocations." },
  {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'API Gateway accepts this role for the whole account and region, whatever the API.',
  },
];

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
    Validations.of(this.api).acknowledge(...ACKNOWLEDGED);

    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: functionOf('authorization/authorize-request').lambda,
      // An answer that is kept would outlive the token's revocation.
      resultsCacheTtl: Duration.seconds(0),
    });
    for (const route of ROUTES) {
      const protection: MethodOptions = isOpen(route, stage) ? { authorizationType: AuthorizationType.NONE } : { authorizationType: AuthorizationType.CUSTOM, authorizer };
      const integration = new LambdaIntegration(functionOf(route.entry).lambda, { allowTestInvoke: false });
      const method = this.api.root.resourceForPath(route.path).addMethod(route.method, integration, protection);
      if (protection.authorizer === undefined) {
        Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason: `The contract and the settings of the stage leave ${route.method} ${route.path} open.` });
      }
    }
  }
}

/** Whether a route is answered without a token in a stage. */
function isOpen({ access }: Route, { openReads, openRegistration }: Stage): boolean {
  switch (access) {
    case 'open':
      return true;
    case 'open-reads':
      return openReads;
    case 'open-registration':
      return openRegistration;
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
