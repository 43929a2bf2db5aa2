import { describe, expect, it } from 'vitest';
import { lambdaFunction, role, rolePolicy, type Statement } from './schemas.ts';
import { resourcesOf, STAGES, type Template, templateOf } from './synthesized.ts';

const XRAY = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** What the function of an entry may do, as `action resource`. */
function allowed(template: Template, entry: string): readonly string[] {
  const fn = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).find(({ properties }) => properties.FunctionName.endsWith(`-${entry.replace('/', '-')}`));
  if (fn === undefined) throw new Error(`no function ${entry}`);
  return statementsOf(template, fn.properties.Role)
    .flatMap(({ Action, Resource = [] }) => Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)))
    .map((text) => text.replaceAll(/(Table|Bucket|Queue|Pool|Log)[0-9A-F]{8}/g, '$1'))
    .sort();
}

function statementsOf(template: Template, roleId: string): readonly Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy', rolePolicy)
    .filter(({ properties }) => properties.Roles.includes(roleId))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
}

describe.each(STAGES)('permissions in %s', (stage) => {
  const template = templateOf(stage);
  const statements = resourcesOf(template, 'AWS::IAM::Policy', rolePolicy).flatMap(({ properties }) => properties.PolicyDocument.Statement);

  it('name every action: no wildcard', () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('name every resource, but for X-Ray, which has none to name', () => {
    const everywhere = statements.filter(({ Resource = [] }) => Resource.includes('*'));
    expect(everywhere.flatMap(({ Action }) => Action).filter((action) => !XRAY.includes(action))).toEqual([]);
  });

  it('have a wildcard in a resource only for the objects of a folder', () => {
    const wild = statements.flatMap(({ Resource = [] }) => Resource).filter((resource) => resource !== '*' && resource.includes('*'));
    expect(wild.filter((resource) => !/^<StatementsBucket[0-9A-F]+>\/(?:statements|resultats|exports|depot)\/(?:[a-z]+\/)?\*$/.test(resource))).toEqual([]);
    expect(wild.length).toBeGreaterThan(0);
  });

  it('are never shared: each function has a role of its own', () => {
    const roles = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).map(({ properties }) => properties.Role);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it("come from no policy of AWS's own, but for the role that API Gateway logs with", () => {
    const managed = resourcesOf(template, 'AWS::IAM::Role', role).flatMap(({ properties }) => properties.ManagedPolicyArns);
    expect(managed).toEqual(['arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs']);
  });
});

describe('permissions of a function', () => {
  const local = templateOf('local');

  it('that only reads taches are to read the registry and to write its own log', () => {
    expect(allowed(local, 'taches/list-taches')).toEqual([
      'dynamodb:GetItem <RegistryTable>',
      'dynamodb:Query <RegistryTable>',
      'logs:CreateLogStream <TachesListTachesLog>',
      'logs:PutLogEvents <TachesListTachesLog>',
    ]);
  });

  it('that matches never let it write the ledger, read a dropped ledger, or send messages but of what comes after it', () => {
    const may = allowed(local, 'reconciliation/match-statement');
    expect(may.filter((text) => text.endsWith('<LedgerTable>'))).toEqual(['dynamodb:BatchGetItem <LedgerTable>', 'dynamodb:Query <LedgerTable>']);
    expect(may.filter((text) => text.startsWith('s3:'))).toEqual([
      's3:GetObjectVersion <StatementsBucket>/depot/operateurs/*',
      's3:GetObjectVersion <StatementsBucket>/depot/televersements/*',
      's3:GetObjectVersion <StatementsBucket>/statements/*',
      's3:ListBucket <StatementsBucket>',
      's3:PutObject <StatementsBucket>/depot/refus/*',
      's3:PutObject <StatementsBucket>/resultats/*',
    ]);
    expect(may).toContain('sqs:ChangeMessageVisibility <MatchingQueue>');
    expect(may.filter((text) => text.startsWith('sqs:SendMessage') && !/<(?:Retries|Notices)Queue>$/u.test(text))).toEqual([]);
  });

  it('behind POST /cinetpay/ let it touch nothing but the ledger, and ask that what is open be tried against it', () => {
    const others = allowed(local, 'ledger/receive-transactions').filter((text) => !text.endsWith('<LedgerTable>') && !text.startsWith('logs:'));
    expect(others).toEqual(['dynamodb:PutItem <RegistryTable>', 'dynamodb:Query <RegistryTable>', 'sqs:SendMessage <RetriesQueue>']);
  });

  it('that receives drops let it write under depot/refus/ only', () => {
    expect(allowed(local, 'drop/receive-drop').filter((text) => text.startsWith('s3:Put'))).toEqual(['s3:PutObject <StatementsBucket>/depot/refus/*']);
  });

  it('that takes up what stands still let it list the drop folder, and nothing else of the bucket', () => {
    const listings = resourcesOf(local, 'AWS::IAM::Policy', rolePolicy)
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action.includes('s3:ListBucketVersions'));
    expect(listings.map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 's3:prefix': 'depot/' } }]);
    expect(allowed(local, 'reconciliation/resume-stalled').filter((text) => text.startsWith('s3:'))).toEqual(['s3:ListBucketVersions <StatementsBucket>']);
  });

  it('that takes in new users let it put them in a group only where the stage has one for them', () => {
    const cognito = (stage: string) => allowed(templateOf(stage), 'authentication/register-user').filter((text) => text.startsWith('cognito-idp:'));
    expect(cognito('local')).toEqual(['cognito-idp:AdminAddUserToGroup <UsersPool>', 'cognito-idp:AdminConfirmSignUp <UsersPool>']);
    expect(cognito('production')).toEqual(['cognito-idp:AdminConfirmSignUp <UsersPool>']);
  });

  it('that make and change profiles let them place users in groups, and the first invite them too: neither sets a password', () => {
    const inPool = (entry: string) => allowed(local, entry).filter((text) => text.startsWith('cognito-idp:'));
    const placements = ['cognito-idp:AdminAddUserToGroup <UsersPool>', 'cognito-idp:AdminRemoveUserFromGroup <UsersPool>'];
    expect(inPool('profiles/change-profile')).toEqual(placements);
    expect(inPool('profiles/add-profile')).toEqual(['cognito-idp:AdminCreateUser <UsersPool>', 'cognito-idp:AdminGetUser <UsersPool>', ...placements].sort());
  });

  it("use the account's key only through the service that holds the data", () => {
    const withKey = resourcesOf(templateOf('production'), 'AWS::IAM::Policy', rolePolicy)
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action.some((action) => action.startsWith('kms:')));
    expect(withKey.length).toBeGreaterThan(0);
    for (const { Condition } of withKey) expect(Object.keys(Condition['StringEquals'] ?? {})).toEqual(['kms:ViaService']);
  });

  it('that registers applications are to make clients of this pool, and not to read the secret of any', () => {
    expect(allowed(local, 'applications/register-application')).toEqual([
      'cognito-idp:CreateUserPoolClient <UsersPool>',
      'dynamodb:PutItem <RegistryTable>',
      'dynamodb:UpdateItem <RegistryTable>',
      'logs:CreateLogStream <ApplicationsRegisterApplicationLog>',
      'logs:PutLogEvents <ApplicationsRegisterApplicationLog>',
    ]);
  });

  it('that gives tokens to applications are none in the user pool: an application proves itself there with its own secret', () => {
    expect(allowed(local, 'applications/grant-token').filter((permission) => !/^(dynamodb|logs):/.test(permission))).toEqual([]);
  });
});
