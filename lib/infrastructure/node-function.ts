import { join } from 'node:path';
import { type Duration, Size, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type Setting } from '../environment.ts';
import type { Stage } from '../stage.ts';
import { removalOfNamed } from './removal.ts';

export interface NodeFunctionProps {
  readonly stage: Stage;
  /** `<area>/<name>`: names the function, its log group and its bundle. */
  readonly entry: string;
  /** Folder of `<entry>/index.mjs`. */
  readonly functionsDirectory: string;
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
  /** Room under /tmp. */
  readonly scratchMegabytes: number;
}

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A function with a role that may do nothing but write its own log, until something is allowed. */
export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: ILogGroup;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { stage, entry } = props;
    this.timeout = props.timeout;

    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/reconciliation/${stage.name}/${entry}`,
      retention: stage.logRetentionDays,
      removalPolicy: removalOfNamed(stage),
    });
    this.logGroup = logGroup;
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: `reconciliation-${stage.name}-${entry.replaceAll('/', '-')}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(props.functionsDirectory, entry), { exclude: ['*.map'] }),
      memorySize: props.memoryMegabytes,
      timeout: props.timeout,
      ephemeralStorageSize: Size.mebibytes(props.scratchMegabytes),
      tracing: stage.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      // The role that the CDK would make carries a managed policy which may write every log of the account.
      role: new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    });
    if (stage.tracing) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources that a policy could name: only its two actions stand with a wildcard.',
      });
    }
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
  }

  /** Lets the function do these actions on these resources, and no more. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Condition = {}): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions }));
  }

  /** Lets the function do these actions on whatever is not one of these resources: for actions on what has no name. */
  allowAllBut(actions: readonly string[], notResources: readonly string[]): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], notResources: [...notResources] }));
  }

  /** Gives the function a setting that it reads with `readEnvironment`. */
  tell(setting: Setting, value: string): void {
    this.lambda.addEnvironment(ENVIRONMENT[setting], value);
  }
}
