import { arn } from './aws-identity.ts';
import type { LocalServices } from './local-services.ts';
import { generatedName } from './physical-name.ts';
import { type DeclaredResource, givenName, type ResourceType } from './template/declared-resource.ts';

/** Types that make nothing on one machine, each with the reason. A type that ends in `*` stands for all that begin like it. */
const NO_LOCAL_MEANING = {
  'AWS::IAM::*': 'there are no roles on one machine: template tests check what they allow',
  'AWS::KMS::*': 'the disk of the machine is not encrypted by the app',
  'AWS::Logs::LogGroup': 'lines are shown as they are written',
  'AWS::Logs::MetricFilter': 'metrics are not collected',
  'AWS::CloudWatch::*': 'there is nobody to alarm',
  'AWS::SNS::Topic': 'topics only carry alarms',
  'AWS::SNS::TopicPolicy': 'topics only carry alarms',
  'AWS::SNS::Subscription': 'topics only carry alarms',
  'AWS::Lambda::Permission': 'whoever owns the machine may invoke',
  'AWS::S3::BucketPolicy': 'only this machine reaches the buckets',
  'AWS::SQS::QueuePolicy': 'only this machine reaches the queues',
  'AWS::ApiGateway::Account': 'it only names the role that writes logs',
  'AWS::ApiGateway::UsagePlan': 'throttling protects an account from many callers',
  'AWS::CDK::Metadata': 'it counts which constructs are used',
} as const;

/** The reason why a type is passed over, if it is. */
export function reasonToPass(type: string): string | undefined {
  return Object.entries(NO_LOCAL_MEANING).find(([passed]) => (passed.endsWith('*') ? type.startsWith(passed.slice(0, -1)) : type === passed))?.[1];
}

/** Has names, so that others can refer to it, and nothing else. */
export const passedOver: ResourceType<LocalServices> = {
  // `Ref` of a topic is its ARN, and others take it apart.
  physicalId: (resource, { identity }) => (resource.type === 'AWS::SNS::Topic' ? arn(identity, 'sns', nameOf(resource)) : nameOf(resource)),
  attributes: {
    Arn: (resource, { identity }) => arn(identity, ...serviceAndKind(resource)),
    KeyId: nameOf,
    RoleId: nameOf,
    TopicArn: ({ physicalId }) => physicalId,
    TopicName: nameOf,
  },
  provision: () => {},
};

function nameOf(resource: DeclaredResource): string {
  return givenName(resource, 'LogGroupName') ?? generatedName(resource.stackName, resource.logicalId, 64);
}

function serviceAndKind(resource: DeclaredResource): readonly [string, string] {
  const [, service = '', kind = ''] = resource.type.toLowerCase().split('::');
  return [service, `${kind}/${nameOf(resource)}`];
}
