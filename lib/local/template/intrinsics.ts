import type { AwsIdentity } from '../aws-identity.ts';
import { substitute } from './substitution.ts';
import { isJsonObject, type Json, type JsonObject, type Template } from './template.ts';

/** What the intrinsic functions of one stack look up. */
export interface Scope {
  readonly identity: AwsIdentity;
  readonly stackName: string;
  readonly template: Template;
  /** `Ref` of a resource. */
  reference(logicalId: string): Json;
  /** `Fn::GetAtt` of a resource. */
  attribute(logicalId: string, attribute: string): Json;
  /** The value that a stack of this assembly exports. */
  imported(exportName: string): Json;
  /** Last word on a text that was put together, such as an address that only exists here. */
  finishText(text: string): string;
}

type IntrinsicFunction = (argument: Json, scope: Scope) => Json | undefined;

const FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (name, scope) => reference(text(name, 'Ref'), scope),
  Condition: (name, scope) => condition(text(name, 'Condition'), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : texts(argument, scope, 'Fn::GetAtt');
    return scope.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = list(argument, 'Fn::Join');
    return scope.finishText(texts(parts ?? [], scope, 'Fn::Join').join(text(delimiter, 'Fn::Join')));
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = Array.isArray(argument) ? list(argument, 'Fn::Sub') : [argument, {}];
    const given = isJsonObject(variables) ? variables : {};
    return scope.finishText(substitute(text(pattern, 'Fn::Sub'), (name) => text(substituted(name, given, scope), `Fn::Sub of ${name}`)));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = list(argument, 'Fn::Select');
    const chosen = list(resolve(from ?? [], scope), 'Fn::Select')[Number(resolve(index ?? '', scope))];
    if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${JSON.stringify(index)}`);
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, from] = list(argument, 'Fn::Split');
    return text(resolve(from ?? '', scope), 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },
  'Fn::If': (argument, scope) => {
    const [name, then, otherwise] = list(argument, 'Fn::If');
    return resolve((condition(text(name, 'Fn::If'), scope) ? then : otherwise) ?? null, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', first = '', second = ''] = texts(argument, scope, 'Fn::FindInMap');
    const found = scope.template.Mappings[map]?.[first]?.[second];
    if (found === undefined) throw new Error(`Fn::FindInMap finds nothing at ${map}.${first}.${second}`);
    return found;
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(text(resolve(argument, scope), 'Fn::ImportValue')),
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(resolve(argument, scope), 'Fn::Equals');
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => list(resolve(argument, scope), 'Fn::Not')[0] !== true,
  'Fn::And': (argument, scope) => list(resolve(argument, scope), 'Fn::And').every((one) => one === true),
  'Fn::Or': (argument, scope) => list(resolve(argument, scope), 'Fn::Or').some((one) => one === true),
};

/**
 * Resolves every intrinsic function inside a value. `undefined` stands for `AWS::NoValue`, which also removes list items and properties.
 * @throws Error naming a function that is not known or an argument that it cannot use.
 */
export function resolve(value: Json, scope: Scope): Json | undefined {
  if (typeof value === 'string') return refuseDynamicReference(value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && isIntrinsic(name, value)) {
    const intrinsic = FUNCTIONS[name];
    if (intrinsic === undefined) throw new Error(`${name} is not supported`);
    return intrinsic(value[name] ?? null, scope);
  }
  return resolveEach(value, scope);
}

/** Resolves the properties of a resource. */
export function resolveEach(values: JsonObject, scope: Scope): JsonObject {
  const entries = Object.entries(values).flatMap(([key, value]) => {
    const resolved = resolve(value, scope);
    return resolved === undefined ? [] : [[key, resolved] as const];
  });
  return Object.fromEntries(entries);
}

/** Whether a named condition of the stack holds. */
export function condition(name: string, scope: Scope): boolean {
  const declared = scope.template.Conditions[name];
  if (declared === undefined) throw new Error(`the template has no condition ${name}`);
  return resolve(declared, scope) === true;
}

function isIntrinsic(name: string, value: JsonObject): boolean {
  // `Condition` is also an ordinary key of policy statements, where its value is an object.
  return name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof value[name] === 'string');
}

function reference(name: string, scope: Scope): Json | undefined {
  const { identity, stackName } = scope;
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::AccountId':
      return identity.account;
    case 'AWS::Region':
      return identity.region;
    case 'AWS::Partition':
      return identity.partition;
    case 'AWS::URLSuffix':
      return identity.urlSuffix;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${identity.partition}:cloudformation:${identity.region}:${identity.account}:stack/${stackName}/local`;
    case 'AWS::NotificationARNs':
      return [];
    default:
      return scope.template.Parameters[name] === undefined ? scope.reference(name) : parameter(name, scope);
  }
}

function parameter(name: string, scope: Scope): Json {
  const declared = scope.template.Parameters[name];
  if (declared?.Default === undefined) throw new Error(`the parameter ${name} has no default value`);
  if (declared.Type.startsWith('AWS::SSM::')) throw new Error(`the parameter ${name} is read from SSM, which is not supported`);
  return declared.Default;
}

function substituted(name: string, given: JsonObject, scope: Scope): Json | undefined {
  const own = given[name];
  if (own !== undefined) return resolve(own, scope);
  const dot = name.indexOf('.');
  return dot === -1 ? reference(name, scope) : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
}

function refuseDynamicReference(value: string): string {
  if (value.includes('{{resolve:')) throw new Error(`dynamic references are not supported: ${value}`);
  return value;
}

function list(value: Json | undefined, where: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${where} needs a list`);
  return value;
}

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} needs a text, not ${JSON.stringify(value)}`);
}

function texts(value: Json, scope: Scope, where: string): readonly string[] {
  return list(resolve(value, scope), where).map((item) => text(item, where));
}
