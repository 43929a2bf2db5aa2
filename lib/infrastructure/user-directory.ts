import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
  UserPoolGroup,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { RESOURCE_SERVER } from '../adapters/cognito/pool-scopes.ts';
import type { Scope } from '../core/tokens.ts';
import type { Stage } from '../stage.ts';
import type { NodeFunction } from './node-function.ts';
import { removalOfData } from './removal.ts';

/** From the most to the least powerful. */
const GROUPS = [
  { name: 'administrateur', description: 'Opérateurs, utilisateurs et applications' },
  { name: 'superviseur', description: 'Valide les tâches de tous' },
  { name: 'agent', description: 'Dépose des relevés et valide ses propres tâches' },
] as const;

/** What applications may be given a token for. */
const SCOPE_DESCRIPTIONS = { read: 'Lire', write: 'Déposer, valider et modifier' } as const satisfies Record<Scope, string>;

const ACKNOWLEDGED = [
  { id: 'AwsSolutions-COG1', reason: "The contract's own example of a password has no upper case; 10 characters with digits and symbols are asked for instead." },
  { id: 'AwsSolutions-COG2', reason: 'The contract signs in with a name and a password in one call: there is no place for a second factor.' },
  { id: 'AwsSolutions-COG8', reason: 'The plus plan charges per user for risk scores that this API would not act on; passwords are tried slowly through the throttled API.' },
];

/** The users, their groups, and the back office as their way in. */
export class UserDirectory extends Construct {
  readonly pool: UserPool;
  readonly backOffice: UserPoolClient;
  private readonly domain: UserPoolDomain;
  private readonly selfRegisteredGroup: Stage['selfRegisteredGroup'];

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.selfRegisteredGroup = stage.selfRegisteredGroup;
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: `reconciliation-${stage.name}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      standardAttributes: {
        email: { required: false, mutable: true },
        familyName: { required: false, mutable: true },
        givenName: { required: false, mutable: true },
      },
      // No upper case: the contract's own example of a password has none.
      passwordPolicy: { minLength: 10, requireLowercase: true, requireDigits: true, requireSymbols: true, requireUppercase: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // The contract signs in with a name and a password, and nothing else.
      mfa: Mfa.OFF,
      deletionProtection: stage.deployed,
      removalPolicy: removalOfData(stage),
    });
    Validations.of(this.pool).acknowledge(...ACKNOWLEDGED);
    this.backOffice = this.pool.addClient('BackOffice', {
      userPoolClientName: 'back-office',
      generateSecret: false,
      authFlows: { userPassword: true },
      disableOAuth: true,
      accessTokenValidity: Duration.hours(10),
      idTokenValidity: Duration.hours(10),
      refreshTokenValidity: Duration.days(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    new UserPoolResourceServer(this, 'Api', {
      userPool: this.pool,
      identifier: RESOURCE_SERVER,
      userPoolResourceServerName: RESOURCE_SERVER,
      scopes: Object.entries(SCOPE_DESCRIPTIONS).map(([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription })),
    });
    // Its name is shared with every account of the region.
    this.domain = this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `reconciliation-${stage.name}-${Stack.of(this).account}` } });
    GROUPS.forEach(({ name, description }, precedence) => {
      new UserPoolGroup(this, name, { userPool: this.pool, groupName: name, description, precedence });
    });
  }

  /** Lets the function sign users in, renew and check their tokens: calls that Cognito takes from anybody who knows the client. */
  allowSignIn(fn: NodeFunction): void {
    fn.tell('userPoolId', this.pool.userPoolId);
    fn.tell('userPoolClientId', this.backOffice.userPoolClientId);
  }

  /** Lets the function put users in groups. */
  allowPlacements(fn: NodeFunction): void {
    fn.tell('userPoolId', this.pool.userPoolId);
    fn.allow(['cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminRemoveUserFromGroup'], [this.pool.userPoolArn]);
  }

  /** Lets the function invite users; it never learns a password. */
  allowInvitations(fn: NodeFunction): void {
    fn.tell('userPoolId', this.pool.userPoolId);
    fn.allow(['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser'], [this.pool.userPoolArn]);
  }

  /** Lets the function take in new users without a confirmation code. */
  allowRegistration(fn: NodeFunction): void {
    this.allowSignIn(fn);
    fn.tell('selfRegisteredGroup', this.selfRegisteredGroup);
    const actions = ['cognito-idp:AdminConfirmSignUp', ...(this.selfRegisteredGroup === 'aucun' ? [] : ['cognito-idp:AdminAddUserToGroup'])];
    fn.allow(actions, [this.pool.userPoolArn]);
  }

  /** Where applications send users who sign in for a code: `/oauth2/authorize` and Cognito's own pages. */
  get signInUrl(): string {
    return this.domain.baseUrl();
  }

  /** Lets the function make app clients. */
  allowApplicationRegistration(fn: NodeFunction): void {
    fn.tell('userPoolId', this.pool.userPoolId);
    fn.allow(['cognito-idp:CreateUserPoolClient'], [this.pool.userPoolArn]);
  }

  /** Lets the function get tokens for applications and their users: calls that Cognito takes from anybody who knows the client and its secret. */
  allowApplicationSignIn(fn: NodeFunction): void {
    this.allowSignIn(fn);
    fn.tell('tokenEndpoint', `${this.signInUrl}/oauth2/token`);
  }
}
