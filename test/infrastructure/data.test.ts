import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROJECT } from '../../lib/infrastructure/app.ts';
import { readStage } from '../../lib/stage.ts';
import { bucketPolicy, lambdaFunction } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf, written } from './synthesized.ts';

const table = z.object({
  BillingMode: z.string(),
  DeletionProtectionEnabled: z.boolean(),
  KeySchema: z.unknown(),
  GlobalSecondaryIndexes: z.undefined().optional(),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }),
  SSESpecification: z.object({ SSEEnabled: z.boolean(), SSEType: z.string().optional(), KMSMasterKeyId: reference.optional() }),
});

const bucket = z.object({
  BucketName: z.unknown().transform(written).optional(),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()),
  LoggingConfiguration: z.object({ DestinationBucketName: reference, LogFilePrefix: z.string() }).optional(),
  BucketEncryption: z.object({
    ServerSideEncryptionConfiguration: z.tuple([z.object({ ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string(), KMSMasterKeyID: reference.optional() }) })]),
  }),
  LifecycleConfiguration: z.object({ Rules: z.array(z.object({ Prefix: z.string().optional(), ExpirationInDays: z.number().optional() }).loose()) }),
});

const { stages } = z.object({ context: z.object({ stages: z.unknown() }) }).parse(JSON.parse(readFileSync(join(PROJECT.root, 'cdk.json'), 'utf8'))).context;

describe.each(STAGES)('data in %s', (stage) => {
  const template = templateOf(stage);
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table', table);
  const buckets = resourcesOf(template, 'AWS::S3::Bucket', bucket);
  const statements = buckets.find(({ properties }) => properties.BucketName !== undefined);

  it('stands in two tables that can be taken back to any second of the last 35 days', () => {
    expect(tables).toHaveLength(2);
    for (const { properties } of tables) {
      expect(properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
      expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
      expect(properties.KeySchema).toEqual([
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ]);
    }
  });

  it('is kept from the public and reached over TLS 1.2 only', () => {
    for (const { id, properties } of buckets) {
      expect(properties.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
      const refusals = resourcesOf(template, 'AWS::S3::BucketPolicy', bucketPolicy)
        .filter(({ properties: { Bucket } }) => Bucket === id)
        .flatMap(({ properties: { PolicyDocument } }) => PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition));
      expect(refusals, id).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
      if (id === statements?.id) expect(refusals).toContainEqual({ NumericLessThan: { 's3:TlsVersion': 1.2 } });
    }
  });

  it('in the bucket keeps the versions that were replaced, and every access is logged', () => {
    expect(statements?.properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(statements?.properties.LoggingConfiguration?.DestinationBucketName).toBe(buckets.find(({ id }) => id !== statements?.id)?.id);
  });

  it('in the bucket is kept as long as the settings of the stage say, and so is what was replaced or deleted', () => {
    const { retentionDays } = readStage(stages, stage);
    const rules = new Map(statements?.properties.LifecycleConfiguration.Rules.map((rule) => [rule.Prefix ?? '', rule]));
    expect(rules.get('statements/')?.ExpirationInDays).toBe(retentionDays.statements);
    expect(rules.get('resultats/')?.ExpirationInDays).toBe(retentionDays.results);
    expect(rules.get('depot/')?.ExpirationInDays).toBe(retentionDays.drops);
    expect(rules.get('')).toMatchObject({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: retentionDays.oldVersions }, ExpiredObjectDeleteMarker: true });
    expect([...rules.values()].map(({ Status }) => Status)).toEqual([...rules.values()].map(() => 'Enabled'));
  });

  it('of exceptions in the table is kept as long as the settings of the stage say', () => {
    const [matcher] = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).filter(({ properties }) => properties.FunctionName.endsWith('match-statement'));
    expect(matcher?.properties.Environment.Variables['DETAIL_DAYS']).toBe(String(readStage(stages, stage).retentionDays.details));
  });

  it('in each folder of the bucket has an end', () => {
    const ends = statements?.properties.LifecycleConfiguration.Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix }) => Prefix);
    expect(ends).toEqual(['statements/', 'resultats/', 'exports/', 'depot/']);
  });
});

describe('data when a stack is deleted', () => {
  const STATEFUL = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'];
  const policies = (stage: string, types: readonly string[]) =>
    Object.values(templateOf(stage).Resources)
      .filter(({ Type }) => types.includes(Type))
      .flatMap(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);

  it.each(['staging', 'production'])('stays in %s', (stage) => {
    const found = policies(stage, STATEFUL);
    expect(found).toHaveLength(2 * 5);
    expect(found.filter((policy) => policy !== 'Retain' && policy !== 'RetainExceptOnCreate')).toEqual([]);
  });

  it.each(['staging', 'production'])('stays in %s even where somebody deletes a table or the users by hand', (stage) => {
    expect(resourcesOf(templateOf(stage), 'AWS::DynamoDB::Table', table).map(({ properties }) => properties.DeletionProtectionEnabled)).toEqual([true, true]);
    expect(resourcesOf(templateOf(stage), 'AWS::Cognito::UserPool', z.object({ DeletionProtection: z.string() })).map(({ properties }) => properties.DeletionProtection)).toEqual([
      'ACTIVE',
    ]);
  });

  it('goes with it in the local stage', () => {
    expect(new Set(policies('local', STATEFUL))).toEqual(new Set(['Delete']));
  });
});

describe('data under a key of the account', () => {
  it('in production is every table and the bucket, and the key stays when the stack goes', () => {
    const template = templateOf('production');
    const [key, ...others] = resourcesOf(template, 'AWS::KMS::Key', z.object({ EnableKeyRotation: z.boolean() }));
    expect(others).toEqual([]);
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', properties: { EnableKeyRotation: true } });
    for (const { properties } of resourcesOf(template, 'AWS::DynamoDB::Table', table))
      expect(properties.SSESpecification).toMatchObject({ SSEType: 'KMS', KMSMasterKeyId: key?.id });
    const [statements] = resourcesOf(template, 'AWS::S3::Bucket', bucket).filter(({ properties }) => properties.BucketName !== undefined);
    expect(statements?.properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: key?.id,
    });
  });

  it('costs nothing where the stage does not ask for it', () => {
    expect(Object.values(templateOf('staging').Resources).filter(({ Type }) => Type === 'AWS::KMS::Key')).toEqual([]);
  });
});
