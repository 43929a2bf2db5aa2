import { s3Bucket } from './buckets/bucket-resource.ts';
import { dynamodbGlobalTable, dynamodbTable } from './dynamodb/table-resource.ts';
import { eventsRule } from './events/rule-resource.ts';
import { apiDeployment, apiResource, apiStage, gatewayResponse, restApi } from './gateway/api-resources.ts';
import { apiAuthorizer } from './gateway/authorizer-resource.ts';
import { apiMethod } from './gateway/method-resource.ts';
import { lambdaFunction } from './lambda/function-resource.ts';
import type { LocalServices } from './local-services.ts';
import { passedOver, reasonToPass } from './no-local-meaning.ts';
import { ssmParameter } from './parameter-resource.ts';
import { eventSourceMapping } from './sqs/event-source-resource.ts';
import { sqsQueue } from './sqs/queue-resource.ts';
import type { ResourceType } from './template/declared-resource.ts';
import { userPoolClient } from './users/client-resource.ts';
import { userPoolDomain, userPoolGroup, userPoolResourceServer } from './users/pool-part-resources.ts';
import { userPool } from './users/pool-resource.ts';

const RESOURCE_TYPES: Readonly<Record<string, ResourceType<LocalServices>>> = {
  'AWS::ApiGateway::Authorizer': apiAuthorizer,
  'AWS::ApiGateway::Deployment': apiDeployment,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
  'AWS::ApiGateway::Method': apiMethod,
  'AWS::ApiGateway::Resource': apiResource,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Stage': apiStage,
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': userPoolClient,
  'AWS::Cognito::UserPoolDomain': userPoolDomain,
  'AWS::Cognito::UserPoolGroup': userPoolGroup,
  'AWS::Cognito::UserPoolResourceServer': userPoolResourceServer,
  'AWS::DynamoDB::GlobalTable': dynamodbGlobalTable,
  'AWS::DynamoDB::Table': dynamodbTable,
  'AWS::Events::Rule': eventsRule,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::SQS::Queue': sqsQueue,
  'AWS::SSM::Parameter': ssmParameter,
};

/**
 * How the resources of a type are made here.
 * @throws Error for a type that is not known: it would be missing here and nobody would notice.
 */
export function resourceType(type: string, logicalId: string): ResourceType<LocalServices> {
  const known = RESOURCE_TYPES[type] ?? (reasonToPass(type) === undefined ? undefined : passedOver);
  if (known === undefined) throw new Error(`${type} (${logicalId}) is not supported on the local machine`);
  return known;
}
