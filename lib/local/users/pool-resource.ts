import * as z from 'zod';
import { arn } from '../aws-identity.ts';
import type { LocalServices } from '../local-services.ts';
import { identifier } from '../physical-name.ts';
import { type DeclaredResource, givenName, type ResourceType, readProperties, templateBoolean, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';

const PasswordPolicy = z.strictObject({
  MinimumLength: templateNumber.optional(),
  RequireLowercase: templateBoolean.optional(),
  RequireUppercase: templateBoolean.optional(),
  RequireNumbers: templateBoolean.optional(),
  RequireSymbols: templateBoolean.optional(),
  TemporaryPasswordValidityDays: withoutLocalMeaning,
});

const STANDARD_ATTRIBUTES = new Set(
  'address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture preferred_username profile updated_at website zoneinfo'.split(' '),
);

const SchemaAttribute = z.object({ Name: z.string(), Required: z.literal(false, 'required attributes are not supported here').optional() });

const UserPool = z.strictObject({
  UserPoolName: z.string().optional(),
  Policies: z.strictObject({ PasswordPolicy: PasswordPolicy.optional() }).optional(),
  UsernameConfiguration: z.object({ CaseSensitive: templateBoolean }).optional(),
  AdminCreateUserConfig: z.object({ AllowAdminCreateUserOnly: templateBoolean.optional() }).optional(),
  Schema: z.array(SchemaAttribute).default([]),
  MfaConfiguration: z.literal('OFF', 'second factors are not supported here').optional(),
  // No mail and no text message leaves this machine.
  AccountRecoverySetting: withoutLocalMeaning,
  DeletionProtection: withoutLocalMeaning,
  EmailConfiguration: withoutLocalMeaning,
  EmailVerificationMessage: withoutLocalMeaning,
  EmailVerificationSubject: withoutLocalMeaning,
  SmsVerificationMessage: withoutLocalMeaning,
  UserPoolTags: withoutLocalMeaning,
  UserPoolTier: withoutLocalMeaning,
  VerificationMessageTemplate: withoutLocalMeaning,
});

export const userPool: ResourceType<LocalServices> = {
  physicalId: (resource, services) => poolId(resource, services),
  attributes: {
    Arn: ({ physicalId }, { identity }) => arn(identity, 'cognito-idp', `userpool/${physicalId}`),
    ProviderName: (resource, services) => provider(resource, services),
    ProviderURL: (resource, services) => `https://${provider(resource, services)}`,
    UserPoolId: ({ physicalId }) => physicalId,
  },
  async provision(resource, { userPools }) {
    const pool = readProperties(UserPool, resource);
    const policy = pool.Policies?.PasswordPolicy ?? {};
    await userPools.createPool({
      id: resource.physicalId,
      name: givenName(resource, 'UserPoolName') ?? resource.logicalId,
      passwordPolicy: withoutAbsent({
        minimumLength: policy.MinimumLength,
        requireLowercase: policy.RequireLowercase,
        requireUppercase: policy.RequireUppercase,
        requireNumbers: policy.RequireNumbers,
        requireSymbols: policy.RequireSymbols,
      }),
      caseSensitive: pool.UsernameConfiguration?.CaseSensitive ?? true,
      selfSignUp: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
      customAttributes: pool.Schema.map(({ Name }) => Name)
        .filter((name) => !STANDARD_ATTRIBUTES.has(name))
        .map((name) => `custom:${name}`),
    });
  },
};

function poolId({ stackName, logicalId }: DeclaredResource, { identity }: LocalServices): string {
  return `${identity.region}_${identifier(`${stackName}/${logicalId}`, 9)}`;
}

function provider({ physicalId }: DeclaredResource, { identity }: LocalServices): string {
  return `cognito-idp.${identity.region}.${identity.urlSuffix}/${physicalId}`;
}

/** The properties that have a value: CloudFormation and the pool each have their own defaults for the others. */
export function withoutAbsent<Values extends Readonly<Record<string, unknown>>>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  const present: { [Key in keyof Values]?: Exclude<Values[Key], undefined> } = {};
  for (const key in values) {
    const value = values[key];
    if (isPresent(value)) present[key] = value;
  }
  return present;
}

function isPresent<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined;
}
