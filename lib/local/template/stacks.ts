import type { AwsIdentity } from '../aws-identity.ts';
import type { Stack } from './assembly.ts';
import type { DeclaredResource, ResourceType } from './declared-resource.ts';
import { dependencyOrder } from './dependencies.ts';
import { condition, resolve, resolveEach, type Scope } from './intrinsics.ts';
import type { Json, JsonObject, ResourceDeclaration } from './template.ts';

/** The stacks of an assembly, their functions resolved on demand. */
export interface ResolvedStacks {
  /** Every resource that exists, each after the ones that it needs. */
  readonly resources: readonly DeclaredResource[];
  /** Outputs by name; those of the first stack win where names repeat. */
  outputs(): Readonly<Record<string, string>>;
}

export interface StackLookup<Services> {
  readonly identity: AwsIdentity;
  readonly services: Services;
  /** @throws Error for a type that is not known. */
  typeOf(type: string, logicalId: string): ResourceType<Services>;
  finishText(text: string): string;
}

/** Resolves stacks in the order in which they need each other's exports. */
export function resolveStacks<Services>(stacks: readonly Stack[], lookup: StackLookup<Services>): ResolvedStacks {
  const scopes = new Map<Stack, Scope>();
  const declared = new Map<Stack, ReadonlyMap<string, DeclaredResource>>();

  const resourceOf = (stack: Stack, logicalId: string): DeclaredResource => {
    const resource = declared.get(stack)?.get(logicalId);
    if (resource === undefined) throw new Error(`${stack.name} has no resource ${logicalId}`);
    return resource;
  };

  const imported = (exportName: string): Json => {
    for (const stack of stacks) {
      const scope = scopeOf(scopes, stack);
      for (const output of Object.values(stack.template.Outputs)) {
        if (output.Export !== undefined && resolve(output.Export.Name, scope) === exportName) return resolve(output.Value, scope) ?? null;
      }
    }
    throw new Error(`no stack of this assembly exports ${exportName}`);
  };

  for (const stack of stacks) {
    const scope: Scope = {
      identity: lookup.identity,
      stackName: stack.name,
      template: stack.template,
      reference: (logicalId) => resourceOf(stack, logicalId).physicalId,
      attribute: (logicalId, attribute) => attributeOf(resourceOf(stack, logicalId), attribute, lookup),
      imported,
      finishText: lookup.finishText,
    };
    scopes.set(stack, scope);
    declared.set(stack, declaredResources(stack, scope, lookup));
  }

  return {
    resources: exportersFirst(stacks, scopes).flatMap((stack) => dependencyOrder(stack.template.Resources).flatMap((logicalId) => declared.get(stack)?.get(logicalId) ?? [])),
    outputs: () => Object.assign({}, ...stacks.map((stack) => outputsOf(stack, scopeOf(scopes, stack))).reverse()),
  };
}

function declaredResources<Services>(stack: Stack, scope: Scope, lookup: StackLookup<Services>): ReadonlyMap<string, DeclaredResource> {
  const existing = Object.entries(stack.template.Resources).filter(([, { Condition }]) => Condition === undefined || condition(Condition, scope));
  return new Map(existing.map(([logicalId, declaration]) => [logicalId, declaredResource(stack, logicalId, declaration, scope, lookup)]));
}

function declaredResource<Services>(stack: Stack, logicalId: string, declaration: ResourceDeclaration, scope: Scope, lookup: StackLookup<Services>): DeclaredResource {
  const type = lookup.typeOf(declaration.Type, logicalId);
  let properties: JsonObject | undefined;
  let physicalId: string | undefined;
  const resource: DeclaredResource = {
    stackName: stack.name,
    logicalId,
    type: declaration.Type,
    get properties() {
      properties ??= resolveEach(declaration.Properties, scope);
      return properties;
    },
    get physicalId() {
      physicalId ??= type.physicalId(resource, lookup.services);
      return physicalId;
    },
  };
  return resource;
}

function attributeOf<Services>(resource: DeclaredResource, attribute: string, lookup: StackLookup<Services>): Json {
  const read = lookup.typeOf(resource.type, resource.logicalId).attributes[attribute];
  if (read === undefined) throw new Error(`the attribute ${attribute} of ${resource.type} ${resource.logicalId} is not supported here`);
  return read(resource, lookup.services);
}

function outputsOf({ template }: Stack, scope: Scope): Readonly<Record<string, string>> {
  const outputs = Object.entries(template.Outputs).filter(([, { Condition }]) => Condition === undefined || condition(Condition, scope));
  return Object.fromEntries(
    outputs.map(([name, { Value }]) => {
      const value = resolve(Value, scope);
      return [name, typeof value === 'string' ? value : JSON.stringify(value ?? null)];
    }),
  );
}

function exportersFirst(stacks: readonly Stack[], scopes: ReadonlyMap<Stack, Scope>): readonly Stack[] {
  const exporterOf = new Map(stacks.flatMap((stack) => exportNames(stack, scopeOf(scopes, stack)).map((name) => [name, stack] as const)));
  const ordered = new Set<Stack>();
  const visit = (stack: Stack): void => {
    if (ordered.has(stack)) return;
    const importing = JSON.stringify(stack.template.Resources);
    for (const [name, exporter] of exporterOf) if (exporter !== stack && importing.includes(JSON.stringify({ 'Fn::ImportValue': name }))) visit(exporter);
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...ordered];
}

function exportNames({ template }: Stack, scope: Scope): readonly string[] {
  return Object.values(template.Outputs).flatMap(({ Export }) => (Export === undefined ? [] : [String(resolve(Export.Name, scope))]));
}

function scopeOf(scopes: ReadonlyMap<Stack, Scope>, stack: Stack): Scope {
  const scope = scopes.get(stack);
  if (scope === undefined) throw new Error(`${stack.name} is not resolved yet`);
  return scope;
}
